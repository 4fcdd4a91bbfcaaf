using System;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class ChatRunOptionsTests
{
    [Fact]
    public void Create_HasTheDefaults()
    {
        var options = new ChatRunOptions();

        Assert.Equal((10, 3, null, null, false, null), (options.MaxTurns, options.MaxConsecutiveErrors, options.MaxTotalTokens, options.ParallelToolCalls, options.Stream, options.ApproveAsync));
        Assert.Equal((8, 128), (options.MaxParallelCalls, options.MaxCallsPerTurn));
        options.Check("runOptions");
    }

    [Theory]
    [InlineData(0, 0, null, 1, 1, "MaxTurns is 0: it must be 1 or more.")]
    [InlineData(1, -1, null, 1, 1, "MaxConsecutiveErrors is -1: it must be 0 or more.")]
    [InlineData(1, 0, 0L, 1, 1, "MaxTotalTokens is 0: it must be 1 or more.")]
    [InlineData(1, 0, null, 0, 1, "MaxParallelCalls is 0: it must be 1 or more.")]
    [InlineData(1, 0, null, 1, -5, "MaxCallsPerTurn is -5: it must be 1 or more.")]
    public void Check_OfALimitOutOfRange_NamesIt(int turns, int errors, long? tokens, int parallel, int calls, string expected)
    {
        var options = new ChatRunOptions { MaxTurns = turns, MaxConsecutiveErrors = errors, MaxTotalTokens = tokens, MaxParallelCalls = parallel, MaxCallsPerTurn = calls };

        var exception = Assert.Throws<ArgumentException>(() => options.Check("runOptions"));

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
        Assert.Equal("runOptions", exception.ParamName);
    }

    [Fact]
    public void Check_OfTheSmallestLimits_Passes()
    {
        var options = new ChatRunOptions { MaxTurns = 1, MaxConsecutiveErrors = 0, MaxTotalTokens = 1, MaxParallelCalls = 1, MaxCallsPerTurn = 1 };

        Assert.Null(Record.Exception(() => options.Check("runOptions")));
    }
}
