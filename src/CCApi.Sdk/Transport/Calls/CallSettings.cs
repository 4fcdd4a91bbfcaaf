using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>The settings of one call: its own where it has any, else the client's.</summary>
/// <param name="client">The client's.</param>
/// <param name="call">The call's; null when nothing differs.</param>
internal readonly struct CallSettings(CCApiClientOptions client, CCApiRequestOptions? call)
{
    public CCApiClientOptions Client => client;

    /// <summary>The key of this call; null for the client's.</summary>
    public string? ApiKey => call?.ApiKey;

    /// <summary>
    /// Distinguishes the callers of one client: the key of the call, or that of the client; null while only its provider knows it.
    /// </summary>
    public string? KeyIdentity => call?.ApiKey ?? (client.ApiKeyProvider is null ? client.ApiKey : null);

    public string? IdempotencyKey => call?.IdempotencyKey;

    public IDictionary<string, string>? Headers => call?.Headers;

    public IReadOnlyList<string>? FailoverModels => call?.FailoverModels;

    /// <summary>Whether the caller emits the span and the metrics of the call.</summary>
    public bool IsInstrumentedByCaller => call?.IsInstrumentedByCaller == true;

    public int MaxRetries => call?.MaxRetries ?? client.Retry.MaxRetries;

    public bool RetryPossiblyCharged => call?.RetryPossiblyCharged ?? client.Retry.RetryPossiblyCharged;

    public TimeSpan Total => call?.Total ?? client.Timeouts.Total;

    public TimeSpan Attempt => call?.Attempt ?? client.Timeouts.Attempt;

    public TimeSpan FirstChunk => call?.FirstChunk ?? client.Timeouts.FirstChunk;

    public TimeSpan NextChunk => call?.NextChunk ?? client.Timeouts.NextChunk;

    public TimeSpan Idle => call?.Idle ?? client.Timeouts.Idle;

    /// <summary>Whether a budget of time is the call's own, and not the client's.</summary>
    public bool HasOwnTimeout(CCApiTimeoutKind kind) => kind switch
    {
        CCApiTimeoutKind.Total => call?.Total is not null,
        CCApiTimeoutKind.Attempt => call?.Attempt is not null,
        CCApiTimeoutKind.FirstChunk => call?.FirstChunk is not null,
        CCApiTimeoutKind.NextChunk => call?.NextChunk is not null,
        CCApiTimeoutKind.Idle => call?.Idle is not null,
        _ => false,
    };

    /// <summary>Returns the idempotency key for a request; null when it was used for another one.</summary>
    public string? ClaimIdempotencyKey(string fingerprint) => call?.ClaimIdempotencyKey(fingerprint);
}
