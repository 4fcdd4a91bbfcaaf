using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Microsoft.Extensions.Logging;
using Polly;

namespace CCApi.Sdk;

/// <summary>The loop of every call: an attempt, its failure, one decision, the delay, and the next attempt.</summary>
/// <param name="client">What the calls of the client share.</param>
/// <param name="attempts">Makes the attempts.</param>
/// <param name="random">The random source of the delays; null for that of the platform.</param>
internal sealed class CallLoop(ClientState client, AttemptRunner attempts, Func<double>? random)
{
    private readonly ILogger _logger = client.Logger;
    private readonly Func<double> _random = random ?? RandomSource.Roll;
    private RepeatPipeline? _repeat;

    /// <summary>Runs a call until an attempt succeeds or its failure is final.</summary>
    /// <param name="call">The call.</param>
    /// <param name="read">Reads a response that has a success status, and owns it.</param>
    public async ValueTask<T> RunAsync<T>(ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read)
    {
        var outcome = await attempts.RunAsync(call, read).ConfigureAwait(false);
        if (outcome.Exception is CallFailureException)
        {
            outcome = await RepeatAsync(call, read, outcome).ConfigureAwait(false);
        }

        if (outcome.Exception is CallFailureException { Failure: var failure })
        {
            throw CallEvents.Failed(call, ExceptionFactory.Create(call, failure));
        }

        if (outcome.Exception is { } other)
        {
            CallEvents.Failed(call, other);
        }

        outcome.ThrowIfException();
        CallEvents.Succeeded(_logger, call);

        return outcome.Result!;
    }

    /// <summary>
    /// The exception of what broke after its response had begun, such as a stream or a download. The attempt is listed and
    /// logged.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="response">The response that had begun.</param>
    /// <param name="exception">What happened.</param>
    public Exception Broken(ApiCall call, HttpResponseMessage response, Exception exception)
    {
        var error = AttemptExceptions.Of(call, client: null, response, exception);
        if (error is not CallFailureException { Failure: var failure })
        {
            return CallEvents.Failed(call, error);
        }

        call.Costs.ReportedByError = failure.Charge as BodyCostReport;
        failure = failure with { Status = failure.Status ?? response.StatusCode, Headers = failure.Headers ?? response.Headers };
        var attempt = call.Log.AddFailure(call, failure, "a response that has begun is not retried", delay: null);
        Log.AttemptFailed(_logger, call.Request, attempt);

        return CallEvents.Failed(call, ExceptionFactory.Create(call, failure));
    }

    /// <summary>Makes further attempts after a first one that failed, as long as the decision about the last one is to go on.</summary>
    private async ValueTask<Outcome<T>> RepeatAsync<T>(
        ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read, Outcome<T> first)
    {
        var failedAttempts = new FailedAttempts(call, client);
        if (!GoesOn(call, failedAttempts, first.Exception))
        {
            return first;
        }

        _repeat ??= new RepeatPipeline(client.Options.TimeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(call.Clock.Caller, client.Closed);
        var outcome = await _repeat.RunAsync(
            first,
            exception => GoesOn(call, failedAttempts, exception),
            () => failedAttempts.Decision.Delay,
            () => attempts.RunAsync(call, read),
            stop.Token).ConfigureAwait(false);

        // The decision was to go on, and the delay was ended.
        var isStopped = failedAttempts.Decision.GoesOn && call.Clock.IsStopped;
        if (isStopped && outcome.Exception is CallFailureException or OperationCanceledException)
        {
            return Outcome.FromException<T>(AttemptExceptions.Stopped(call, outcome.Exception));
        }

        return outcome;
    }

    private bool GoesOn(ApiCall call, FailedAttempts failedAttempts, Exception? exception)
    {
        if (exception is not CallFailureException { Failure: var failure })
        {
            return false;
        }

        var attempt = failedAttempts.Add(failure, _random());
        CallEvents.AttemptFailed(_logger, call, attempt, failure, failedAttempts.Decision);

        return failedAttempts.Decision.GoesOn;
    }
}
