using System.Linq;
using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Streaming;

public class EventStreamStartTests
{
    [Theory]
    [InlineData(": PING\n\n", true)]
    [InlineData("data:{}", true)]
    [InlineData("\uFEFF\r\n  data: {}", true)]
    [InlineData("event: error", true)]
    [InlineData("id: 1", true)]
    [InlineData("retry: 1", true)]
    [InlineData("{\"data:\":1}", false)]
    [InlineData("[1]", false)]
    [InlineData("{}", false)]
    [InlineData("{", false)]
    [InlineData("<html>", false)]
    [InlineData("database", false)]
    [InlineData("idle", false)]
    [InlineData("", null)]
    [InlineData(" \r\n\t", null)]
    [InlineData("\uFEFF", null)]
    [InlineData("da", null)]
    [InlineData("\n\nretry", null)]
    public void Matches_PrefixOnly_DecidesAsSoonAsPossible(string start, bool? expected)
    {
        Assert.Equal(expected, EventStreamStart.Matches(Encoding.UTF8.GetBytes(start)));
    }

    [Fact]
    public void Matches_OfHalfAByteOrderMark_AsksForMore()
    {
        var mark = Encoding.UTF8.GetBytes("\uFEFF");

        var responses = Enumerable.Range(0, 4).Select(length => EventStreamStart.Matches(mark.Take(length).ToArray()));

        Assert.All(responses, Assert.Null);
    }
}
