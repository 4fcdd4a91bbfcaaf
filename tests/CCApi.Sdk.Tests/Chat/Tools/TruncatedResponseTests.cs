using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class TruncatedResponseTests
{
    [Theory]
    [InlineData("length", true)]
    [InlineData("MAX_TOKENS", true)]
    [InlineData("max_output_tokens", true)]
    [InlineData("model_length", true)]
    [InlineData("stop", false)]
    [InlineData("", false)]
    public void Is_OfAFinishReason_IsWhetherItIsTheLimitOfTokens(string finishReason, bool expected) =>
        Assert.Equal(expected, TruncatedResponse.Is(Wire.Read<ChatCompletionResponse>(ChatScript.Plain("""{"content":"Hi"}""", finishReason))));

    [Fact]
    public void Is_OfAStreamWithoutItsEnd_IsTrue() => Assert.True(TruncatedResponse.Is(new ChatCompletionResponse { IsTruncated = true }));
}
