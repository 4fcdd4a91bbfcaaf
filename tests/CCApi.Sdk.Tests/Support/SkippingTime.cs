using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.Extensions.Time.Testing;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A clock on which every short wait is over as soon as it begins; the long ones, which are budgets, run out when the short ones add up to them.</summary>
internal sealed class SkippingTime : FakeTimeProvider
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);

    /// <summary>The waits so far.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime <= _longestWait)
        {
            Waits.Add(dueTime);
            Advance(dueTime);
        }

        return timer;
    }
}
