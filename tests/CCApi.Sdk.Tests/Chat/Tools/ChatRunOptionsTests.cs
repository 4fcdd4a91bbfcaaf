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
        options.Check("runOptions");
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(1, -1, null)]
    [InlineData(1, 0, 0L)]
    public void Check_OfALimitThatIsNone_SaysTheFix(int turns, int errors, long? tokens)
    {
        var options = new ChatRunOptions { MaxTurns = turns, MaxConsecutiveErrors = errors, MaxTotalTokens = tokens };

        var exception = Assert.Throws<ArgumentException>(() => options.Check("runOptions"));

        Assert.StartsWith("MaxTurns and MaxTotalTokens must be 1 or more, and MaxConsecutiveErrors 0 or more.", exception.Message, StringComparison.Ordinal);
        Assert.Equal("runOptions", exception.ParamName);
    }

    [Fact]
    public void Check_OfTheSmallestLimits_Passes()
    {
        var options = new ChatRunOptions { MaxTurns = 1, MaxConsecutiveErrors = 0, MaxTotalTokens = 1 };

        Assert.Null(Record.Exception(() => options.Check("runOptions")));
    }
}
