using System;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>
/// What is left of the time for one whole download. Only the time that the servers take counts, not that of a slow reader.
/// </summary>
/// <param name="whole">The whole budget.</param>
internal sealed class DownloadBudget(TimeSpan whole)
{
    private TimeSpan _spent;

    public TimeSpan Whole => whole;

    /// <summary>What is left; <see cref="TimeSpan.MaxValue"/> without a limit.</summary>
    public TimeSpan Left
    {
        get
        {
            if (whole == Timeout.InfiniteTimeSpan)
            {
                return TimeSpan.MaxValue;
            }

            if (_spent < whole)
            {
                return whole - _spent;
            }

            return TimeSpan.Zero;
        }
    }

    public void Spend(TimeSpan time) => _spent += time;

    /// <summary>Starts a read: the nearer of the budget of its silence and what is left ends it.</summary>
    public void Enter(CallClock clock, TimeSpan silence, CCApiTimeoutKind kind = CCApiTimeoutKind.Idle)
    {
        var isSilenceNearer = silence != Timeout.InfiniteTimeSpan && silence < Left;
        if (isSilenceNearer)
        {
            clock.Enter(kind, silence);
            return;
        }

        clock.Enter(CCApiTimeoutKind.Download, whole, _spent);
    }
}
