using System;
using System.Threading;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk;

/// <summary>Logs webhooks without the right secret, at most once a minute: anybody can send them, as fast as they like.</summary>
internal sealed class RejectionLog(ILogger logger, TimeProvider time)
{
    private static readonly long _interval = TimeSpan.FromMinutes(1).Ticks;

    private long _next = long.MinValue;
    private int _count;

    public void Add()
    {
        Interlocked.Increment(ref _count);
        var now = time.GetUtcNow().UtcTicks;
        var next = Volatile.Read(ref _next);
        if (now >= next && Interlocked.CompareExchange(ref _next, now + _interval, next) == next)
        {
            WebhookLog.Rejected(logger, Interlocked.Exchange(ref _count, 0));
        }
    }
}
