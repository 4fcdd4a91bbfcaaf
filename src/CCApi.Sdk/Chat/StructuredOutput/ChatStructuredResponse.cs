using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>A completion as a value of a type.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class ChatStructuredResponse<T>
{
    /// <summary>Creates a response.</summary>
    /// <param name="value">The value.</param>
    /// <param name="responses">The responses of the model, one for each request. The value is from the last.</param>
    public ChatStructuredResponse(T value, IReadOnlyList<ChatCompletionResponse> responses)
    {
        Value = value;
        Responses = Require.NotNull(responses, nameof(responses));
        Usage = UsageTotal.Of(responses);
        Cost = CCApiCost.Sum(responses.Select(response => response.Info));
    }

    /// <summary>The value.</summary>
    public T Value { get; }

    /// <summary>The last response of the model; null when there is none, as in a fake.</summary>
    public ChatCompletionResponse? Response
    {
        get
        {
            if (Responses.Count == 0)
            {
                return null;
            }

            return Responses[Responses.Count - 1];
        }
    }

    /// <summary>The responses of the model, one for each request.</summary>
    public IReadOnlyList<ChatCompletionResponse> Responses { get; }

    /// <summary>
    /// The usage of all responses together, also of those that could not be read; null when the gateway reported nothing.
    /// </summary>
    public Usage? Usage { get; }

    /// <summary>
    /// What all responses cost together, also those that could not be read; of source <see cref="CostSource.Unknown"/> when that
    /// is not known.
    /// </summary>
    public CCApiCost Cost { get; }
}
