using System.Net;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class StructuredOutputFailuresTests
{
    [Fact]
    public void ThrowIfStopped_OfARefusal_QuotesIt()
    {
        var exception = Assert.Throws<ChatStructuredOutputException>(() => StructuredOutputFailures.ThrowIfStopped("City", [Response("""{"content":null,"refusal":"I cannot help with that."}""")]));

        Assert.Equal((StructuredOutputError.Refused, "The model declined to respond with City: I cannot help with that."), (exception.Fault, exception.Message));
    }

    [Fact]
    public void ThrowIfStopped_OfAFilter_SaysTheFix()
    {
        var exception = Assert.Throws<ChatStructuredOutputException>(() => StructuredOutputFailures.ThrowIfStopped("City", [Response("""{"content":"{}"}""", "content_filter")]));

        Assert.Equal((StructuredOutputError.Filtered, "A content filter stopped the response with City: change the messages, or use another model."), (exception.Fault, exception.Message));
    }

    [Theory]
    [InlineData("""{"content":"","refusal":""}""", "stop")]
    [InlineData("""{"content":""}""", "length")]
    public void ThrowIfStopped_OfAnythingElse_DoesNot(string message, string finishReason) =>
        Assert.Null(Record.Exception(() => StructuredOutputFailures.ThrowIfStopped("City", [Response(message, finishReason)])));

    [Fact]
    public void ThrowIfFinal_TruncatedResponse_NamesTheFix()
    {
        var exception = Assert.Throws<ChatStructuredOutputException>(() => StructuredOutputFailures.ThrowIfFinal("City", [Response("""{"content":"{"}""", "length")], "no JSON", isLast: false));

        Assert.Equal(
            (StructuredOutputError.Truncated, "The response with City was truncated: raise MaxTokens (or MaxCompletionTokens), or request less."),
            (exception.Fault, exception.Message));
    }

    [Fact]
    public void ThrowIfFinal_OfToolCalls_SaysTheFix()
    {
        var exception = Assert.Throws<ChatStructuredOutputException>(() => StructuredOutputFailures.ThrowIfFinal("City", [Response(ToolScript.Calls("x a {}"))], "no JSON", isLast: false));

        Assert.Equal(
            (StructuredOutputError.Unreadable, "The model called tools instead of responding with City: use RunAsync first, then send a request without tools or with ToolChoice = None."),
            (exception.Fault, exception.Message));
    }

    [Fact]
    public void ThrowIfFinal_LastResponse_NamesTheProblem()
    {
        ChatCompletionResponse[] responses = [Response("""{"content":"a"}"""), Response("""{"content":"b"}""")];

        Assert.Null(Record.Exception(() => StructuredOutputFailures.ThrowIfFinal("City", responses, "no JSON", isLast: false)));
        var exception = Assert.Throws<ChatStructuredOutputException>(() => StructuredOutputFailures.ThrowIfFinal("City", responses, "no JSON", isLast: true));

        Assert.Equal((StructuredOutputError.Unreadable, "The model responded 2 times, but not with City: no JSON"), (exception.Fault, exception.Message));
        Assert.Equal((20L, 2), (exception.Usage!.TotalTokens, exception.Responses.Count));
    }

    [Fact]
    public void RetryFailed_OfACause_KeepsWhatItSays()
    {
        var cause = new CCApiRateLimitException("Slow down.")
        {
            StatusCode = (HttpStatusCode)429,
            GatewayMessage = "slow",
            Type = "t",
            Code = "c",
            Param = "p",
            RequestId = "r",
            BodySnippet = "b",
            IsTransient = true,
            Attempts = [new CCApiAttempt { Number = 1, StatusCode = (HttpStatusCode)429, Fault = "slow", Decision = "r" }],
        };

        var exception = StructuredOutputFailures.RetryFailed("City", [Response("""{"content":"a"}""")], cause);

        Assert.Equal("The first response was not City, and the second request failed: Slow down.", exception.Message);
        Assert.Same(cause, exception.InnerException);
        Assert.Equal(
            (StructuredOutputError.Unreadable, 10L, cause.StatusCode, "slow", "t", "c", "p", "r", "b", true, 1),
            (exception.Fault, exception.Usage!.TotalTokens, exception.StatusCode, exception.GatewayMessage, exception.Type, exception.Code, exception.Param, exception.RequestId, exception.BodySnippet, exception.IsTransient, exception.Attempts.Count));
    }

    private static ChatCompletionResponse Response(string message, string finishReason = "stop") => Wire.Read<ChatCompletionResponse>(ChatScript.Plain(message, finishReason));
}
