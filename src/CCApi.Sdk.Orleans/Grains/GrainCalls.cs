using System;
using System.Threading;
using System.Threading.Tasks;
using Orleans.Runtime;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// Repeats calls of grains while a silo is gone and its grains are not yet activated elsewhere. Only for calls that are idempotent.
/// </summary>
internal static class GrainCalls
{
    private static readonly TimeSpan _firstDelay = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan _longestDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls until a silo responds.</summary>
    /// <param name="call">The call.</param>
    /// <param name="patience">For how long; null until <paramref name="cancellationToken"/> is canceled.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the repetition.</param>
    /// <exception cref="FleetException">No silo responded in that time, or what the grain throws.</exception>
    public static async Task<T> RepeatAsync<T>(
        Func<Task<T>> call, TimeSpan? patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var delay = _firstDelay;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await call().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsOutage(exception))
            {
                if (time.GetElapsedTime(start) >= patience)
                {
                    throw NoResponse(exception);
                }
            }

            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < _longestDelay ? delay * 2 : _longestDelay;
        }
    }

    /// <summary>Calls until a silo responds.</summary>
    public static Task RepeatAsync(Func<Task> call, TimeSpan? patience, TimeProvider time, CancellationToken cancellationToken)
    {
        return RepeatAsync(WithResultAsync, patience, time, cancellationToken);

        async Task<bool> WithResultAsync()
        {
            await call().ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>The exception of calls that were repeated for long enough.</summary>
    public static FleetException NoResponse(Exception exception) => FleetException.Of(
        FleetError.Unavailable, "The silos of the fleet do not respond: check that they run and that their storage does.", exception);

    /// <summary>Whether a call failed because of a silo or a storage, and may succeed later.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        FleetException fleet => fleet.Error == FleetError.Unavailable,
        TimeoutException or OrleansException => true,
        System.IO.IOException or System.Net.Sockets.SocketException => true,
        _ => exception.GetType().FullName is "Orleans.Runtime.ConnectionFailedException" or "Orleans.Runtime.ClientNotAvailableException",
    };
}
