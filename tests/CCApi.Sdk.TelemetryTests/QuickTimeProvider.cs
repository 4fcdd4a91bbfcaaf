using System;
using System.Threading;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>The time of the system, with pauses of up to two seconds, such as those between the polls of a job, that end at once.</summary>
internal sealed class QuickTimeProvider : TimeProvider
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(2);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isPause = dueTime > TimeSpan.Zero && dueTime <= _longestPause;

        return base.CreateTimer(callback, state, isPause ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
