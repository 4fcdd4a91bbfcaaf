using Xunit;

namespace CCApi.Sdk.Tests.Formats;

public class StreamLabelsTests
{
    [Theory]
    [InlineData("text/event-stream", true)]
    [InlineData("TEXT/Event-Stream", true)]
    [InlineData("application/x-ndjson", true)]
    [InlineData("application/jsonl", true)]
    [InlineData("application/json", false)]
    [InlineData("text/plain", false)]
    public void Contains_OfAMediaType_IsWhetherItIsThatOfAStream(string mediaType, bool expected)
    {
        Assert.Equal(expected, StreamLabels.Contains(mediaType));
    }
}
