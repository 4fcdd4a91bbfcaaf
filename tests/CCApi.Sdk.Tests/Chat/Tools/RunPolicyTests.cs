using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class RunPolicyTests
{
    private static readonly ChatRunOptions _options = new() { MaxTurns = 3, MaxTotalTokens = 100, MaxConsecutiveErrors = 1 };

    [Theory]
    [InlineData(0, 1, 10, ChatRunEnd.Completed)]
    [InlineData(0, 3, 100, ChatRunEnd.Completed)]
    [InlineData(1, 2, 99, null)]
    [InlineData(1, 3, 99, ChatRunEnd.MaxTurns)]
    [InlineData(1, 3, 100, ChatRunEnd.MaxTurns)]
    [InlineData(1, 2, 100, ChatRunEnd.TokenLimit)]
    public void AfterTurn_OfALimit_EndsThere(int calls, int turns, long tokens, ChatRunEnd? expected) =>
        Assert.Equal(expected, RunPolicy.AfterTurn(_options, calls, turns, tokens));

    [Fact]
    public void AfterTurn_WithoutATokenLimit_GoesOn() => Assert.Null(RunPolicy.AfterTurn(new ChatRunOptions(), 1, 1, long.MaxValue));

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(2, ChatRunEnd.TooManyErrors)]
    public void AfterCalls_OfMoreFailedTurnsThanAllowed_Ends(int failed, ChatRunEnd? expected) => Assert.Equal(expected, RunPolicy.AfterCalls(_options, failed));
}
