namespace CCApi.Sdk.Bulk;

/// <summary>What was true when a call was sent.</summary>
/// <param name="InFlight">How many calls were under way, itself included.</param>
/// <param name="WasFull">Whether no more could be.</param>
/// <param name="Epoch">The epoch of the concurrency.</param>
internal readonly record struct Flight(int InFlight, bool WasFull, int Epoch);
