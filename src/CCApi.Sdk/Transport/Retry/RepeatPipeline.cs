using System;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Retry;

namespace CCApi.Sdk;

/// <summary>
/// Runs the further attempts of a call whose first one failed: <see cref="RetryPolicy"/> decides, Polly waits and repeats,
/// whether with the same key and model or with others. It is built when the first call needs it, because building it costs more
/// than a call.
/// </summary>
internal sealed class RepeatPipeline
{
    private static readonly ResiliencePropertyKey<Attempts> _attempts = new("ccapi.attempts");

    // Timers accept little more.
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(45);

    private readonly ResiliencePipeline _pipeline;

    public RepeatPipeline(TimeProvider time) =>
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = static args => new ValueTask<bool>(Of(args.Context).GoesOn(args.Outcome.Exception)),
                DelayGenerator = static args => new ValueTask<TimeSpan?>(Min(Of(args.Context).Delay(), _longestWait)),
            })
            .Build();

    /// <summary>Runs until an attempt succeeds or is not repeated.</summary>
    /// <param name="first">How the first attempt ended.</param>
    /// <param name="goesOn">Decides about a failed attempt; not called for the first, which is decided.</param>
    /// <param name="delay">The delay before the next attempt.</param>
    /// <param name="attempt">Runs an attempt.</param>
    /// <param name="cancellationToken">Ends the delays.</param>
    public async ValueTask<Outcome<T>> RunAsync<T>(
        Outcome<T> first,
        Func<Exception?, bool> goesOn,
        Func<TimeSpan> delay,
        Func<ValueTask<Outcome<T>>> attempt,
        CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            context.Properties.Set(_attempts, new Attempts(goesOn, delay));
            var isFirst = true;

            return await _pipeline.ExecuteOutcomeAsync(
                (_, _) =>
                {
                    if (!isFirst)
                    {
                        return attempt();
                    }

                    isFirst = false;

                    return new ValueTask<Outcome<T>>(first);
                },
                context,
                state: 0).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static TimeSpan Min(TimeSpan first, TimeSpan second)
    {
        if (first < second)
        {
            return first;
        }

        return second;
    }

    private static Attempts Of(ResilienceContext context) => context.Properties.GetValue(_attempts, null!);

    private sealed class Attempts(Func<Exception?, bool> goesOn, Func<TimeSpan> delay)
    {
        private bool _isFirst = true;

        public TimeSpan Delay() => delay();

        public bool GoesOn(Exception? exception)
        {
            if (_isFirst)
            {
                _isFirst = false;
                return true;
            }

            return goesOn(exception);
        }
    }
}
