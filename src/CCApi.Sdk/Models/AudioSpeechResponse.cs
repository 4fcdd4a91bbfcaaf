using System;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class AudioSpeechResponse : IApiResponse, ICostReport
{
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

    /// <summary>
    /// The media type of the audio when the gateway returned the bytes themselves (observed on OpenAI-shaped gateways),
    /// which then are in <see cref="B64Audio"/>; null for the documented JSON response, which has <see cref="Format"/>.
    /// </summary>
    [JsonIgnore]
    public string? MediaType { get; set; }

    bool IApiResponse.HasPayload => !string.IsNullOrEmpty(AudioUrl) || B64Audio is { Length: > 0 };

    string? ICostReport.Model => null;

    Usage? ICostReport.Usage => UsageFallback.Of(AdditionalProperties);

    string? ICostReport.ServiceTier => ReportedTier.Find(AdditionalProperties);

    long? ICostReport.Images => null;

    long? ICostReport.Characters => Characters;

    double? ICostReport.Seconds => Duration;

    ReportedCost? ICostReport.Cost => ReportedCost.Of(CreditsCharged, Currencies.Credits) ?? ReportedCost.Find(AdditionalProperties);
}
