using System;
using System.Linq;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatCompletionChunk : ICostReport
{
    /// <summary>
    /// <see cref="Created"/> as a date in UTC, whether it was sent in seconds or milliseconds; null when it is missing or 0.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? CreatedAt => UnixTime.ToDate(Created);

    Usage? ICostReport.Usage => ReportedUsage;

    ReportedCost? ICostReport.Cost => ReportedUsage?.ReportedCost ?? ReportedCost.Find(AdditionalProperties);

    string? ICostReport.ServiceTier => ReportedTier.Of(ServiceTier, ReportedUsage);

    long? ICostReport.Images => null;

    long? ICostReport.Characters => null;

    double? ICostReport.Seconds => null;

    private Usage? ReportedUsage => Usage ?? UsageFallback.Find(AdditionalProperties) ?? UsageOfChoice;

    private Usage? UsageOfChoice => Choices?.LastOrDefault(choice => choice.Usage is not null)?.Usage;
}
