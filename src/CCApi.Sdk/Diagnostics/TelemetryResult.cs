namespace CCApi.Sdk;

/// <summary>What metrics need of a response.</summary>
/// <param name="Model">The model that created it; null when the gateway did not report it.</param>
/// <param name="Tokens">The tokens; null when the gateway did not report any.</param>
internal readonly record struct TelemetryResult(string? Model, ITokenCounts? Tokens);
