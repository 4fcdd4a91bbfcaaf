namespace CCApi.Sdk.Soak;

/// <summary>What the client knows of one call.</summary>
/// <param name="Key">Its <c>Idempotency-Key</c>.</param>
/// <param name="Payment">Whether it was paid for.</param>
/// <param name="Credits">What the response said that it cost, when it was.</param>
internal readonly record struct AccountEntry(string Key, Payment Payment, decimal Credits);
