using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class PricedUsageTests
{
    [Fact]
    public void Problem_OfAPossibleUsage_IsNull()
    {
        var whole = new PricedUsage
        {
            PromptTokens = 10,
            CachedTokens = 5,
            CacheWriteTokens = 3,
            InputAudioTokens = 2,
            CompletionTokens = 10,
            ReasoningTokens = 9,
            OutputAudioTokens = 1,
        };

        Assert.Null(whole.Problem);
        Assert.Null(new PricedUsage { CachedTokens = 5, ReasoningTokens = 5 }.Problem);
        Assert.Null(new PricedUsage { PromptTokens = long.MaxValue, CachedTokens = long.MaxValue }.Problem);
    }

    [Fact]
    public void Problem_OfANegativeNumber_NamesIt()
    {
        PricedUsage[] negative =
        [
            new() { PromptTokens = -1 },
            new() { CachedTokens = -1 },
            new() { CacheWriteTokens = -1 },
            new() { InputAudioTokens = -1 },
            new() { CompletionTokens = -1 },
            new() { ReasoningTokens = -1 },
            new() { OutputAudioTokens = -1 },
            new() { InputImages = -1 },
            new() { Images = -1 },
            new() { Characters = -1 },
            new() { Seconds = -0.1m },
            new() { Calls = -1 },
        ];

        Assert.All(negative, usage => Assert.Equal("the usage has a negative number", usage.Problem));
    }

    [Fact]
    public void Problem_OfPartsBeyondTheirTotal_NamesThem()
    {
        var input = new PricedUsage { PromptTokens = 10, CachedTokens = 5, CacheWriteTokens = 3, InputAudioTokens = 3 };
        var output = new PricedUsage { CompletionTokens = 10, ReasoningTokens = 9, OutputAudioTokens = 2 };
        var overflow = new PricedUsage { PromptTokens = 10, CachedTokens = long.MaxValue, CacheWriteTokens = long.MaxValue };

        Assert.Equal("the usage has more cached or audio tokens than prompt tokens", input.Problem);
        Assert.Equal("the usage has more reasoning or audio tokens than completion tokens", output.Problem);
        Assert.Equal("the usage has more cached or audio tokens than prompt tokens", overflow.Problem);
    }
}
