using System.Diagnostics;
using System.Globalization;
using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class ToolCallIdsTests
{
    [Fact]
    public void Claim_OfIdsOfTheHistory_GivesNewOnes()
    {
        var ids = new ToolCallIds([Wire.Read<ChatMessage>(ToolScript.Calls("a f {}", "call00000 f {}")), ChatMessage.Tool("b", "x"), ChatMessage.User("Hi")]);

        Assert.Equal(["call00001", "call00002", "c", "call00003"], new[] { "a", "b", "c", "c" }.Select(ids.Claim));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    public void Claim_OfNoId_CreatesOne(string? id) => Assert.Equal("call00000", new ToolCallIds([]).Claim(id));

    [Fact]
    public void Claim_OfIdsThatLookLikeCreatedOnes_CostsLinearTime()
    {
        const int Count = 200_000;
        var ids = new ToolCallIds([]);
        var taken = Enumerable.Range(0, Count).Select(number => string.Format(CultureInfo.InvariantCulture, "call{0:00000}", number)).ToList();
        taken.ForEach(id => Assert.Same(id, ids.Claim(id)));
        var watch = Stopwatch.StartNew();

        var created = Enumerable.Range(0, Count).Select(_ => ids.Claim(null)).ToList();

        Assert.Equal(("call200000", "call399999"), (created[0], created[Count - 1]));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }
}
