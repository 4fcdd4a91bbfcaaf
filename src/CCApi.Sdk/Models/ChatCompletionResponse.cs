using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatCompletionResponse : IPartialResponse, ICostReport
{
    /// <summary>
    /// Status, request id, headers and attempts of the call. Null when the response was created manually; never
    /// serialized.
    /// </summary>
    [JsonIgnore]
    public CCApiResponseInfo? Info { get; set; }

    /// <summary>The text of choice 0; null when it has none, as when the model calls tools instead.</summary>
    [JsonIgnore]
    public string? Text => Message?.Content?.Text;

    /// <summary>
    /// The reasoning of choice 0, whichever of the members the gateway used (observed: five of them); null when there is none.
    /// </summary>
    [JsonIgnore]
    public string? Reasoning => Message?.GetReasoning();

    /// <summary>Why choice 0 ended, verbatim; null when the gateway did not report it.</summary>
    [JsonIgnore]
    public FinishReason? FinishReason
    {
        get
        {
            if (First?.FinishReason is { Value.Length: > 0 } reason)
            {
                return reason;
            }

            return default(FinishReason?);
        }
    }

    /// <summary>The tools that choice 0 asks to be called; empty when none.</summary>
    [JsonIgnore]
    public IReadOnlyList<ChatToolCall> ToolCalls => Message?.ToolCalls ?? [];

    /// <summary>Whether the stream that this was assembled from ended before it was complete, so that text may be missing.</summary>
    [JsonIgnore]
    public bool IsTruncated { get; set; }

    /// <summary>
    /// <see cref="Created"/> as a date in UTC, whether it was sent in seconds or milliseconds; null when it is missing or 0.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? CreatedAt => UnixTime.ToDate(Created);

    /// <summary>
    /// The message of choice 0; null when there is none. Add it to the messages of the next request to go on: it goes back as it
    /// came, with everything that the SDK does not know.
    /// </summary>
    [JsonIgnore]
    public ChatMessage? Message => First?.Message;

    /// <summary>The choice of index 0, wherever it stands; a missing index counts as 0.</summary>
    private ChatCompletionChoice? First
    {
        get
        {
            if (Choices is not { Count: > 0 } choices)
            {
                return null;
            }

            for (var i = 0; i < choices.Count; i++)
            {
                if (choices[i].Index is null or 0)
                {
                    return choices[i];
                }
            }

            return choices[0];
        }
    }

    bool IApiResponse.HasPayload => Choices is { Count: > 0 };

    IReadOnlyList<IUnknownMembers>? IPartialResponse.Parts => ChatCompletionChoice.WithMessages(Choices);

    void IPartialResponse.AttachTo(CCApiException exception) => exception.PartialResponse = this;

    ReportedCost? ICostReport.Cost => Usage?.ReportedCost ?? ReportedCost.Find(AdditionalProperties);

    string? ICostReport.ServiceTier => ReportedTier.Of(ServiceTier, Usage);

    long? ICostReport.Images => null;

    long? ICostReport.Characters => null;

    double? ICostReport.Seconds => null;

    partial void OnRead() => Usage ??= UsageFallback.Find(AdditionalProperties) ?? UsageFallback.Find(Choices);
}
