using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>
/// The idempotency keys that options and their copies have sent, each with a fingerprint of its request. Thread-safe.
/// </summary>
internal sealed class UsedIdempotencyKeys
{
    // Options that get a new key for each of many calls must not grow: those that are still needed are the last ones.
    private const int MaxKeys = 256;

    private readonly object _gate = new();
    private readonly Dictionary<string, string> _fingerprints = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Marks a key as used for a request.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fingerprint">Distinguishes the request from others.</param>
    /// <param name="isNumbered">Whether another request with the same key gets it with a number.</param>
    /// <returns>The key for the request; null when it was used for another one.</returns>
    public string? Claim(string key, string fingerprint, bool isNumbered)
    {
        lock (_gate)
        {
            var candidate = key;
            for (var number = 2; !TryAdd(candidate, fingerprint); number++)
            {
                if (!isNumbered)
                {
                    return null;
                }

                candidate = FormattableString.Invariant($"{key}-{number}");
            }

            return candidate;
        }
    }

    private bool TryAdd(string key, string fingerprint)
    {
        if (_fingerprints.TryGetValue(key, out var used))
        {
            return used == fingerprint;
        }

        _fingerprints.Add(key, fingerprint);
        _order.Enqueue(key);
        if (_order.Count > MaxKeys)
        {
            _fingerprints.Remove(_order.Dequeue());
        }

        return true;
    }
}
