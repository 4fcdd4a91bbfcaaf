using System;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>
/// The budgets of a stream once it has begun: the longest silence, and the time until the next chunk that carries something. Only
/// the gateway is on the clock, not the caller who works on a chunk.
/// </summary>
internal sealed class StreamClock
{
    private readonly ApiCall _call;
    private TimeSpan _start;
    private TimeSpan _waited;

    public StreamClock(ApiCall call) => _call = call;

    /// <summary>Starts the clock before a read.</summary>
    /// <param name="isComplete">Whether nothing but usage and the end mark is still to come.</param>
    public void Start(bool isComplete)
    {
        var limit = isComplete ? CCApiDefaults.StreamEndTimeout : _call.NextChunkTimeout;
        var idle = _call.IdleTimeout;

        // The budget that ends first is the one to enter.
        var isBeforeIdle = idle == Timeout.InfiniteTimeSpan || limit - _waited < idle;
        var isNextChunkFirst = limit != Timeout.InfiniteTimeSpan && isBeforeIdle;
        _start = isNextChunkFirst
            ? _call.Clock.Enter(CCApiTimeoutKind.NextChunk, limit, _waited)
            : _call.Clock.Enter(CCApiTimeoutKind.Idle, idle);
    }

    /// <summary>Stops the clock after a read.</summary>
    public void Stop()
    {
        _waited += Pause() - _start;
    }

    /// <summary>Leaves the caller all the time that it takes.</summary>
    /// <returns>How long the call has run.</returns>
    public TimeSpan Pause() => _call.Clock.Enter(CCApiTimeoutKind.Idle, Timeout.InfiniteTimeSpan);

    /// <summary>Begins the time until the next chunk that carries something.</summary>
    public void Restart() => _waited = TimeSpan.Zero;
}
