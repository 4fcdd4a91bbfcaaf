using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class LegacyImageGenerationResponse : IListResponse, ICostReport
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

    bool IApiResponse.HasPayload => Data is { Count: > 0 };

    IReadOnlyList<IUnknownMembers>? IListResponse.EmptyItems => ImageDatum.WithoutImage(Data);

    ReportedCost? ICostReport.Cost => Usage?.ReportedCost ?? ReportedCost.Find(AdditionalProperties);

    string? ICostReport.ServiceTier => ReportedTier.Of(ReportedTier.Find(AdditionalProperties), Usage);

    long? ICostReport.Images => Data?.Count;

    long? ICostReport.Characters => null;

    double? ICostReport.Seconds => null;
}
