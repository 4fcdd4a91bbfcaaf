using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The exceptions of completions that are not a value of the type.</summary>
internal static class StructuredOutputFailures
{
    /// <summary>Whether the model or a filter stopped the completion.</summary>
    public static bool IsStopped(ChatCompletionResponse response) =>
        response.Message?.Refusal is { Length: > 0 } || response.FinishReason == FinishReason.ContentFilter;

    /// <summary>Throws when the model or a filter stopped the completion: a second request would end the same way.</summary>
    public static void ThrowIfStopped(string type, IReadOnlyList<ChatCompletionResponse> responses)
    {
        var response = responses[responses.Count - 1];
        if (response.Message?.Refusal is { Length: > 0 } refusal)
        {
            throw Create(
                StructuredOutputError.Refused,
                $"The model declined to respond with {type}: {refusal}",
                responses);
        }

        if (response.FinishReason == FinishReason.ContentFilter)
        {
            throw Create(
                StructuredOutputError.Filtered,
                $"A content filter stopped the response with {type}: change the messages, or use another model.",
                responses);
        }
    }

    /// <summary>Throws when a second request is not worth its price.</summary>
    public static void ThrowIfFinal(
        string type, IReadOnlyList<ChatCompletionResponse> responses, string problem, bool isLast)
    {
        var response = responses[responses.Count - 1];
        if (TruncatedResponse.Is(response))
        {
            throw Create(
                StructuredOutputError.Truncated,
                $"The response with {type} was truncated: raise MaxTokens (or MaxCompletionTokens), or request less.",
                responses);
        }

        if (response.ToolCalls.Count > 0)
        {
            throw Create(
                StructuredOutputError.Unreadable,
                $"The model called tools instead of responding with {type}: use RunAsync first, then send a request "
                + "without tools or with ToolChoice = None.",
                responses);
        }

        if (isLast)
        {
            throw Create(
                StructuredOutputError.Unreadable,
                $"The model responded {responses.Count} times, but not with {type}: {problem}",
                responses);
        }
    }

    /// <summary>The first response was charged, so the exception has its usage, beside what the failed call reports.</summary>
    public static ChatStructuredOutputException RetryFailed(
        string type, IReadOnlyList<ChatCompletionResponse> responses, CCApiException cause) =>
        new($"The first response was not {type}, and the second request failed: {cause.Message}", cause)
        {
            Fault = StructuredOutputError.Unreadable,
            Responses = responses,
            StatusCode = cause.StatusCode,
            GatewayMessage = cause.GatewayMessage,
            Type = cause.Type,
            Code = cause.Code,
            Param = cause.Param,
            Details = cause.Details,
            RequestId = cause.RequestId,
            Headers = cause.Headers,
            Attempts = cause.Attempts,
            BodySnippet = cause.BodySnippet,
            IsTransient = cause.IsTransient,
            Cost = CCApiCost.Sum(CostOf(responses), cause.Cost),
        };

    private static ChatStructuredOutputException Create(
        StructuredOutputError fault, string message, IReadOnlyList<ChatCompletionResponse> responses)
    {
        var info = responses[responses.Count - 1].Info;
        return new ChatStructuredOutputException(info?.Redaction.Apply(message) ?? message)
        {
            Fault = fault,
            Responses = responses,
            StatusCode = info?.StatusCode,
            RequestId = info?.RequestId,
            Headers = info?.Headers,
            Attempts = info?.Attempts ?? [],
            Cost = CostOf(responses),
        };
    }

    private static CCApiCost CostOf(IReadOnlyList<ChatCompletionResponse> responses) =>
        CCApiCost.Sum(responses.Select(response => response.Info));
}
