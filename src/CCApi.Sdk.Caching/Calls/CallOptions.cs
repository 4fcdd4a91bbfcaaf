using System;
using System.Threading;

namespace CCApi.Sdk.Caching;

/// <summary>The options of one call, whose total budget of time begins before the distributed cache is read.</summary>
/// <param name="options">The options, which nobody else has; null for the client's.</param>
/// <param name="client">The options of the client; null when they are not known, as those of a fake.</param>
internal sealed class CallOptions(CCApiRequestOptions? options, CCApiClientOptions? client)
{
    // A budget must be more than 0.
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);

    private readonly TimeSpan? _total = options?.Total ?? client?.Timeouts.Total;

    /// <summary>The options to send with.</summary>
    public CCApiRequestOptions? Value { get; private set; } = options;

    /// <summary>How long the call may wait for the distributed cache: it needs the rest for itself. Null without a limit.</summary>
    public TimeSpan? LongestRead => HasTotal ? _total / 2 : null;

    private bool HasTotal => _total is { } total && total != Timeout.InfiniteTimeSpan;

    /// <summary>Takes the time that the cache took off the total budget.</summary>
    public void Spend(TimeSpan elapsed)
    {
        if (!HasTotal || elapsed <= TimeSpan.Zero)
        {
            return;
        }

        var left = _total!.Value - elapsed;
        Value ??= new CCApiRequestOptions();
        Value.Total = left > _shortest ? left : _shortest;
    }
}
