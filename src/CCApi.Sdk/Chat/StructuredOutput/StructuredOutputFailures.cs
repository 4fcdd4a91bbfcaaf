using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The exceptions of answers that are no value.</summary>
internal static class StructuredOutputFailures
{
    /// <summary>Throws when the model or a filter stopped the answer: asking again would end the same way.</summary>
    public static void ThrowIfStopped(string type, IReadOnlyList<ChatCompletionResponse> responses)
    {
        var response = responses[responses.Count - 1];
        if (response.Message?.Refusal is { Length: > 0 } refusal)
        {
            throw Create(StructuredOutputError.Refused, $"The model declined to answer with {type}: {refusal}", responses);
        }

        if (response.FinishReason == FinishReason.ContentFilter)
        {
            throw Create(StructuredOutputError.Filtered, $"A content filter stopped the answer with {type}: change the messages, or take another model.", responses);
        }
    }

    /// <summary>Throws when an answer that cannot be read is not worth asking again.</summary>
    public static void ThrowIfFinal(string type, IReadOnlyList<ChatCompletionResponse> responses, string problem, bool isLast)
    {
        var response = responses[responses.Count - 1];
        if (TruncatedResponse.Is(response))
        {
            throw Create(
                StructuredOutputError.Truncated, $"The answer with {type} ended before its time: raise MaxTokens (or MaxCompletionTokens), or ask for less.", responses);
        }

        if (response.ToolCalls.Count > 0)
        {
            throw Create(
                StructuredOutputError.Unreadable, $"The model called tools instead of answering with {type}: use RunAsync first, then ask without tools or with ToolChoice = None.", responses);
        }

        if (isLast)
        {
            throw Create(StructuredOutputError.Unreadable, $"The model was asked {responses.Count} times, but its answer is no {type}: {problem}", responses);
        }
    }

    /// <summary>The first answer was charged, so this tells of it, and keeps what the failed call says of itself.</summary>
    public static ChatStructuredOutputException AskingAgainFailed(string type, IReadOnlyList<ChatCompletionResponse> responses, CCApiException cause) =>
        new($"The answer is no {type}, and asking again failed: {cause.Message}", cause)
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
        };

    private static ChatStructuredOutputException Create(StructuredOutputError fault, string message, IReadOnlyList<ChatCompletionResponse> responses)
    {
        var info = responses[responses.Count - 1].Info;
        return new ChatStructuredOutputException(message)
        {
            Fault = fault,
            Responses = responses,
            StatusCode = info?.StatusCode,
            RequestId = info?.RequestId,
            Headers = info?.Headers,
            Attempts = info?.Attempts ?? [],
        };
    }
}
