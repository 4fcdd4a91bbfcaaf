namespace CCApi.Sdk;

/// <summary>One charge, as a tracker books it.</summary>
/// <param name="Operation">The operation, such as <c>POST /chat/completions</c>.</param>
/// <param name="Model">The model; null when it is not known.</param>
/// <param name="Scope">The innermost scope of the call; null for none.</param>
/// <param name="Amount">The amount; null when it is not known.</param>
/// <param name="Currency">The unit of the amounts.</param>
/// <param name="AtMost">What an unknown amount is at most; 0 when that is not known either.</param>
internal readonly record struct CostEntry(
    string Operation, string? Model, CostScope? Scope, decimal? Amount, string Currency, decimal AtMost);
