namespace CCApi.Sdk.Models;

/// <summary>What a response reports whose cost stands in its headers, and not in its body. Immutable.</summary>
/// <param name="cost">The cost.</param>
/// <param name="body">What the body reports; null for nothing.</param>
internal sealed class HeaderCostReport(ReportedCost cost, ICostReport? body) : ICostReport
{
    public ReportedCost? Cost => cost;

    public string? Model => body?.Model;

    public string? ServiceTier => body?.ServiceTier;

    public Usage? Usage => body?.Usage;

    public long? Images => body?.Images;

    public long? Characters => body?.Characters;

    public double? Seconds => body?.Seconds;
}
