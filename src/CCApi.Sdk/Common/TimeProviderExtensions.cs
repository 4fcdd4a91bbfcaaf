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
    public static async Task<T> OrCanceled<T>(this Task<T> task, CancellationToken cancellationToken)
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
    }
}
