namespace CCApi.Sdk.Bulk;

/// <summary>What the call of an item returned.</summary>
/// <param name="Response">The response.</param>
/// <param name="Cost">What the call cost, as far as it is known; null for a result that a ledger holds.</param>
internal sealed record ItemResult(object Response, CCApiCost? Cost = null)
{
    /// <summary>The value of structured output.</summary>
    public object? Value { get; init; }

    /// <summary>The value as JSON, for the ledger.</summary>
    public string? ValueJson { get; init; }
}
