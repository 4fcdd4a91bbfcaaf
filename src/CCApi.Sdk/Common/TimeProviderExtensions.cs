using System;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Waiting on a clock, which .NET 8 moved to another type.</summary>
internal static class TimeProviderExtensions
{
    public static Task Wait(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
#if NETSTANDARD2_0
        TimeProviderTaskExtensions.Delay(time, delay, cancellationToken);
#else
        Task.Delay(delay, time, cancellationToken);
#endif

    /// <summary>The task, or the end of the waiting for it when that is canceled.</summary>
    /// <param name="task">The task, which may ignore the token.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="late">Receives a result that arrives when nobody waits any more; null for nothing to dispose of.</param>
    public static async Task<T> OrCanceled<T>(this Task<T> task, CancellationToken cancellationToken, Action<T>? late = null)
    {
        try
        {
#if NETSTANDARD2_0
            return await TimeProviderTaskExtensions.WaitAsync(
                task, Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
#else
            return await task.WaitAsync(cancellationToken).ConfigureAwait(false);
#endif
        }
        catch (OperationCanceledException exception)
            when (cancellationToken.IsCancellationRequested && exception.CancellationToken != cancellationToken)
        {
            // The task saw a linked token and ended first; callers look for the token that they gave.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Its result may have arrived at this moment.
            _ = EndLateAsync(task, late);
            throw;
        }
    }

    /// <summary>Observes the exception of a task that nobody awaits any more, and hands over its result.</summary>
    private static async Task EndLateAsync<T>(Task<T> task, Action<T>? late)
    {
        try
        {
            var result = await task.ConfigureAwait(false);
            late?.Invoke(result);
        }
#pragma warning disable CA1031 // Nobody waits for it.
        catch (Exception)
#pragma warning restore CA1031
        {
            // It is observed, so that it is not reported as unobserved.
        }
    }
}
