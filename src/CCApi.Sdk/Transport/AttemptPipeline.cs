using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace CCApi.Sdk;

/// <summary>
/// Runs each attempt within the strategies of <see cref="CCApiClientOptions.ConfigureResilience"/>. They see the exceptions that
/// a caller would get.
/// </summary>
/// <remarks>It is built when the first attempt needs it, once for a client, so that a circuit breaker sees every call.</remarks>
internal sealed class AttemptPipeline(Action<ResiliencePipelineBuilder> configure, TimeProvider time, ILogger logger)
{
    private readonly Lazy<ResiliencePipeline> _pipeline = new(() =>
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        configure(builder);

        return builder.Build();
    });

    /// <summary>Runs an attempt: what it returns, or what a strategy made of that.</summary>
    /// <remarks>The end of the call ends the wait for strategies that ignore their token; an attempt of theirs is not sent then.</remarks>
    /// <param name="call">The call, whose attempt has begun.</param>
    /// <param name="attempt">Sends the request and reads the response.</param>
    public async ValueTask<Outcome<T>> RunAsync<T>(ApiCall call, Func<ValueTask<Outcome<T>>> attempt)
    {
        using var run = new Run<T>(call, attempt, logger);
        Outcome<T> outcome;
        try
        {
            outcome = await ExecuteAsync(run, call.Request.ToString()).AsTask().OrCanceled(run.Abandoned).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Strategies that cannot be built, or that throw instead of returning an outcome, end the attempt too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            outcome = Outcome.FromException<T>(exception);
        }

        if (outcome.Exception is null)
        {
            return outcome;
        }

        var failure = run.FailureOf(outcome.Exception);
        await run.LeaveAsync((failure as CallFailureException)?.Failure).ConfigureAwait(false);

        return Outcome.FromException<T>(failure);
    }

    private async ValueTask<Outcome<T>> ExecuteAsync<T>(Run<T> run, string name)
    {
        var context = ResilienceContextPool.Shared.Get(name, continueOnCapturedContext: false, run.Token);
        try
        {
            return await _pipeline.Value
                .ExecuteOutcomeAsync(static (context, run) => run.NextAsync(context.CancellationToken), context, run)
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private sealed class Run<T> : IDisposable
    {
        // Longer than the wait for an attempt that ignores its token, which ends first.
        private static readonly TimeSpan _grace = TimeSpan.FromSeconds(0.4);

        private readonly ApiCall _call;
        private readonly Func<ValueTask<Outcome<T>>> _attempt;
        private readonly ILogger _logger;

        // Not the token of the clock: a strategy that ends the attempt must not seem to be ended itself.
        private readonly CancellationTokenSource _ended = new();
        private readonly CancellationTokenSource _abandoned = new();
        private CancellationTokenRegistration _onClock;
        private volatile bool _isInterrupted;
        private bool _hasRun;
        private Outcome<T> _last;
        private CCApiException? _shown;
        private CallFailureException? _failed;

        public Run(ApiCall call, Func<ValueTask<Outcome<T>>> attempt, ILogger logger)
        {
            (_call, _attempt, _logger) = (call, attempt, logger);
            (Token, Abandoned) = (_ended.Token, _abandoned.Token);
            Listen();
        }

        public CancellationToken Token { get; }

        /// <summary>Is canceled a moment after <see cref="Token"/>, when strategies that ignore it are abandoned.</summary>
        public CancellationToken Abandoned { get; }

        public void Dispose()
        {
            _onClock.Dispose();
            _ended.Dispose();
            _abandoned.Dispose();
        }

        /// <summary>The failure behind what the strategies returned, so that retries and failover decide on it.</summary>
        public Exception FailureOf(Exception exception)
        {
            if (ReferenceEquals(exception, _shown))
            {
                return _failed!;
            }

            if (exception is TimeoutRejectedException rejected)
            {
                // The gateway may still charge what is not awaited any more.
                exception = new CCApiTimeoutException(
                    $"{_call.Request} was ended by a strategy of ConfigureResilience: {rejected.Message}", rejected)
                {
                    Kind = CCApiTimeoutKind.Attempt,
                    Elapsed = _call.Clock.Elapsed,
                    IsTransient = true,
                };
            }

            return AttemptExceptions.Of(_call, client: null, response: null, exception);
        }

        /// <summary>
        /// Runs the attempt; again when a strategy repeats it, unless its content can be sent only once: then the outcome stays.
        /// </summary>
        /// <param name="cancellationToken">The token of the strategies.</param>
        public async ValueTask<Outcome<T>> NextAsync(CancellationToken cancellationToken)
        {
            var isSpent = _hasRun && !_call.Request.CanBeSent;
            if (isSpent)
            {
                return _last;
            }

            if (Abandoned.IsCancellationRequested)
            {
                return Outcome.FromException<T>(new OperationCanceledException(Token));
            }

            return _last = await RunAsync(cancellationToken).ConfigureAwait(false);
        }

        private async ValueTask<Outcome<T>> RunAsync(CancellationToken cancellationToken)
        {
            if (_hasRun)
            {
                await LeaveAsync(failure: null).ConfigureAwait(false);
                CallEvents.Repeated(_logger, _call, _failed?.Failure, _last.Exception);
                _call.BeginRepeat();
                Listen();
            }

            _hasRun = true;
            var isOfStrategy = cancellationToken != Token;
            using var registration = isOfStrategy ? cancellationToken.Register(static run => ((Run<T>)run!).Interrupt(), this) : default;
            var outcome = await _attempt().ConfigureAwait(false);
            (_failed, _shown) = (outcome.Exception as CallFailureException, null);
            if (_failed is null)
            {
                return outcome;
            }

            if (_isInterrupted)
            {
                return Outcome.FromException<T>(new OperationCanceledException(_failed.Message, _failed, cancellationToken));
            }

            _shown = ExceptionFactory.Create(_call, _failed.Failure);

            return Outcome.FromException<T>(_shown);
        }

        /// <summary>
        /// Ends an attempt whose result is dropped, such as an open stream: one that has failed has been booked, and nothing uses
        /// its response any more.
        /// </summary>
        public ValueTask LeaveAsync(CallFailure? failure)
        {
            _call.Response?.Dispose();
            _call.Turn?.Release();
            var isDropped = _hasRun && _last.Exception is null;

            return isDropped ? _call.Costs.DropAsync(failure, _call.IsSent) : _call.Costs.BookAsync(failure, _call.IsSent);
        }

        /// <summary>The end of the call ends the strategies too.</summary>
        private void Listen()
        {
            _onClock.Dispose();
            _isInterrupted = false;
            _onClock = _call.Clock.Token.Register(static run => ((Run<T>)run!).End(), this);
        }

        private void End()
        {
            if (!_isInterrupted)
            {
                _abandoned.CancelAfter(_grace);
                _ended.Cancel();
            }
        }

        private void Interrupt()
        {
            _isInterrupted = !_ended.IsCancellationRequested;
            _call.Clock.Interrupt();
        }
    }
}
