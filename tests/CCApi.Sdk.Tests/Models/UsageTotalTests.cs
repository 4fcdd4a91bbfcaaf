using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class UsageTotalTests
{
    [Fact]
    public void Add_BeyondTheRange_IsItsEnd()
    {
        var usage = new Usage { PromptTokens = long.MaxValue, TotalTokens = long.MinValue, Cost = decimal.MaxValue };

        var sum = UsageTotal.Add(usage, usage)!;

        Assert.Equal((long.MaxValue, long.MinValue, decimal.MaxValue), (sum.PromptTokens, sum.TotalTokens, sum.Cost));
    }

    [Fact]
    public void Add_OfTwo_AddsEveryMember()
    {
        var usage = Wire.Read<Usage>(
            """
            {"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":4,"text_tokens":5,"audio_tokens":6,"image_tokens":7},
            "completion_tokens_details":{"text_tokens":8,"audio_tokens":9,"image_tokens":10,"reasoning_tokens":11},"cost":0.5,"more":1}
            """);

        Assert.Equal(
            """
            {"prompt_tokens":2,"completion_tokens":4,"total_tokens":6,"prompt_tokens_details":{"cached_tokens":8,"text_tokens":10,"audio_tokens":12,"image_tokens":14},
            "completion_tokens_details":{"text_tokens":16,"audio_tokens":18,"image_tokens":20,"reasoning_tokens":22},"cost":1.0}
            """.Replace("\r", "").Replace("\n", ""),
            Wire.Write(UsageTotal.Add(usage, usage)!));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":1}""", """{"prompt_tokens":2,"cost":1}""", """{"prompt_tokens":3,"total_tokens":3,"cost":1}""")]
    [InlineData("""{"cost":1}""", """{"completion_tokens":2}""", """{"completion_tokens":2,"total_tokens":2,"cost":1}""")]
    [InlineData("""{"prompt_tokens":1,"completion_tokens":2}""", """{"total_tokens":5}""", """{"prompt_tokens":1,"completion_tokens":2,"total_tokens":8}""")]
    [InlineData("""{"prompt_tokens_details":{"cached_tokens":1}}""", """{"completion_tokens_details":{"reasoning_tokens":2}}""",
        """{"prompt_tokens_details":{"cached_tokens":1},"completion_tokens_details":{"reasoning_tokens":2}}""")]
    public void Add_OfWhatIsHalfKnown_AddsWhatIsKnown(string left, string right, string expected) =>
        Assert.Equal(expected, Wire.Write(UsageTotal.Add(Wire.Read<Usage>(left), Wire.Read<Usage>(right))!));

    [Fact]
    public void Add_OfNothing_IsTheOther()
    {
        var usage = new Usage { TotalTokens = 1 };

        Assert.Same(usage, UsageTotal.Add(usage, null));
        Assert.Same(usage, UsageTotal.Add(null, usage));
        Assert.Null(UsageTotal.Add(null, null));
    }

    [Fact]
    public void Of_Responses_IsTheirSum()
    {
        ChatCompletionResponse[] responses = [new(), new() { Usage = new Usage { TotalTokens = 1 } }, new() { Usage = new Usage { TotalTokens = 2 } }];

        Assert.Equal(3, UsageTotal.Of(responses)!.TotalTokens);
        Assert.Null(UsageTotal.Of([new()]));
    }

    [Fact]
    public void Total_WithoutASum_AddsUp()
    {
        Assert.Equal(3, UsageTotal.Total(new Usage { PromptTokens = 1, CompletionTokens = 2 }));
        Assert.Equal(9, UsageTotal.Total(new Usage { PromptTokens = 1, TotalTokens = 9 }));
        Assert.Null(UsageTotal.Total(null));
    }
}
