using System;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Parses long bodies on another thread, so that the end of the call ends the wait for it: parsing looks at no token, and 100 MB
/// take seconds.
/// </summary>
internal static class BodyParser
{
    /// <summary>
    /// The longest body, in bytes, that is parsed where it was received: text takes milliseconds, the densest JSON two seconds. Another
    /// thread has pooled memory of its own, which would double the peak.
    /// </summary>
    public const int LongestInline = 32 * 1024 * 1024;

    /// <param name="call">The call, whose time without data has ended; its total budget has not.</param>
    /// <param name="body">What is parsed.</param>
    /// <param name="parse">Parses it. It may go on when the call has ended, and nobody reads what it finds then.</param>
    public static async ValueTask<T> RunAsync<T>(ApiCall call, PooledBuffer body, Func<T> parse)
    {
        call.Clock.Enter(CCApiTimeoutKind.None, Timeout.InfiniteTimeSpan);
        try
        {
            var parsing = Task.Run(parse, CancellationToken.None);

            return await call.Clock.WaitAsync(new ValueTask<T>(parsing)).ConfigureAwait(false);
        }
        catch (TokenIgnoredException)
        {
            body.Abandon();
            throw;
        }
    }
}
