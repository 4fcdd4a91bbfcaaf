namespace CCApi.Sdk.Models;

/// <summary>A response that may be the start of work whose cost is known when it has ended.</summary>
internal interface IPendingResponse
{
    /// <summary>Whether the work may still be under way.</summary>
    bool IsPending { get; }

    /// <summary>The charge to settle when it has ended; null for none.</summary>
    object? Charge { get; set; }
}
