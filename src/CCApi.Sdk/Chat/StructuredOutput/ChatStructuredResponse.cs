using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>An answer as a value of a type.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class ChatStructuredResponse<T>
{
    /// <summary>An answer.</summary>
    /// <param name="value">The value.</param>
    /// <param name="responses">What the model answered, one for each time it was asked. The value is from the last.</param>
    public ChatStructuredResponse(T value, IReadOnlyList<ChatCompletionResponse> responses)
    {
        Value = value;
        Responses = Require.NotNull(responses, nameof(responses));
        Usage = UsageTotal.Of(responses);
    }

    /// <summary>The value.</summary>
    public T Value { get; }

    /// <summary>What the model answered last; null when there is none, as in a fake.</summary>
    public ChatCompletionResponse? Response => Responses.Count == 0 ? null : Responses[Responses.Count - 1];

    /// <summary>What the model answered, one for each time it was asked.</summary>
    public IReadOnlyList<ChatCompletionResponse> Responses { get; }

    /// <summary>What all answers used together, also those that could not be read; null when the gateway reported nothing.</summary>
    public Usage? Usage { get; }
}
