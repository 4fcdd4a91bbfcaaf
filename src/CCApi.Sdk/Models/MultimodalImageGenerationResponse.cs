using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class MultimodalImageGenerationResponse : IJobResponse, IListResponse, ICostReport, IPendingResponse
{
    // Where gateways say why a job failed, when it is not in the error (observed).
    private static readonly string[] _reasons =
    [
        "message", "fail_reason", "failure_reason", "error_message", "reason", "detail", "msg",
    ];

    /// <summary>
    /// Status, request id, headers and attempts of the call. Null when the response was created manually; never
    /// serialized.
    /// </summary>
    [JsonIgnore]
    public CCApiResponseInfo? Info { get; set; }

    /// <summary>
    /// <see cref="Created"/> as a date in UTC, whether it was sent in seconds or milliseconds; null when it is missing or 0.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? CreatedAt => UnixTime.ToDate(Created);

    /// <summary>Why the job failed, where an unknown member states it; null when none does.</summary>
    internal string? FailureReason => _reasons.Select(TextOf).FirstOrDefault(text => text is { Length: > 0 });

    bool IPendingResponse.IsPending => Data is not { Count: > 0 };

    object? IPendingResponse.Charge { get; set; }

    bool IApiResponse.HasPayload => HasState || Data is { Count: > 0 };

    private bool HasState => Status is not null || !string.IsNullOrEmpty(Id);

    bool IJobResponse.HasError => Error is not null;

    bool IJobResponse.HasResult => Data?.Any(image => image.HasImage) == true;

    string? IJobResponse.JobId => Id;

    string? IJobResponse.JobStatus => Status?.Value;

    IReadOnlyList<IUnknownMembers>? IListResponse.EmptyItems => ImageDatum.WithoutImage(Data);

    void IJobResponse.Redact(KeyRedaction redaction)
    {
        Id = redaction.Apply(Id);
        PollUrl = redaction.Apply(PollUrl);
        if (Status?.Value is { } status && !ReferenceEquals(redaction.Apply(status), status))
        {
            Status = redaction.Apply(status);
        }

        Error?.Redact(redaction);
        foreach (var name in _reasons)
        {
            var text = TextOf(name);
            if (!ReferenceEquals(redaction.Apply(text), text))
            {
                AdditionalProperties![name] = redaction.Apply((JsonElement?)AdditionalProperties[name])!.Value;
            }
        }
    }

    private string? TextOf(string unknownMember)
    {
        if (AdditionalProperties is not { } members || !members.TryGetValue(unknownMember, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? JsonRead.FromElement(value, JsonRead.Text) : null;
    }

    Usage? ICostReport.Usage => UsageFallback.Of(AdditionalProperties);

    string? ICostReport.ServiceTier => ReportedTier.Find(AdditionalProperties);

    long? ICostReport.Images => Data is { Count: > 0 } images ? images.Count : null;

    long? ICostReport.Characters => null;

    double? ICostReport.Seconds => null;

    ReportedCost? ICostReport.Cost => UsageFallback.Of(AdditionalProperties)?.ReportedCost ?? ReportedCost.Find(AdditionalProperties);
}
