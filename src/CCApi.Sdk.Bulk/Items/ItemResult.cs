namespace CCApi.Sdk.Bulk;

/// <summary>What the call of an item returned.</summary>
/// <param name="Response">The response.</param>
/// <param name="Cost">What the gateway reported as its cost; null when it did not.</param>
internal sealed record ItemResult(object Response, decimal? Cost)
{
    /// <summary>The value of structured output.</summary>
    public object? Value { get; init; }

    /// <summary>The value as JSON, for the ledger.</summary>
    public string? ValueJson { get; init; }
}
