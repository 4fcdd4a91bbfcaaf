using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Polly;

namespace CCApi.Sdk;

/// <content>The loop of every call: an attempt, its failure, one decision, the delay, and the next attempt.</content>
internal sealed partial class CCApiTransport
{
    private RepeatPipeline? _repeat;

    /// <summary>Runs a call until an attempt succeeds or its failure is final.</summary>
    /// <param name="call">The call.</param>
    /// <param name="read">Reads a response that has a success status, and owns it.</param>
    internal async ValueTask<T> RunAsync<T>(ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read)
    {
        var outcome = await AttemptAsync(call, read).ConfigureAwait(false);
        if (outcome.Exception is { } exception && GoesOn(call, exception))
        {
            outcome = await RepeatAsync(call, read, outcome).ConfigureAwait(false);
        }

        if (outcome.Exception is CallFailureException { Failure: var failure })
        {
            var error = ExceptionFactory.Create(call, failure);
            call.Telemetry?.Fail(error);
            throw error;
        }

        if (outcome.Exception is { } other)
        {
            call.Telemetry?.Fail(other);
        }

        outcome.ThrowIfException();
        LogSuccess(call);

        return outcome.Result!;
    }

    /// <summary>Logs one line for a call that uses a model. Polls, downloads and the catalog have none: there may be many.</summary>
    private void LogSuccess(ApiCall call)
    {
        if (call.Request.Operation is { UsesModel: true } && _logger.IsEnabled(LogLevel.Information))
        {
            var model = call.Model ?? call.Request.Choice?.Model ?? "the gateway's model";
            Log.CallSucceeded(_logger, call.Request, model, call.Budget.Elapsed, call.Log.Number);
        }
    }

    /// <summary>
    /// The exception of what broke after its response had begun, such as a stream or a download. The attempt is listed and
    /// logged.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="response">The response that had begun.</param>
    /// <param name="exception">What happened.</param>
    internal Exception Broken(ApiCall call, HttpResponseMessage response, Exception exception)
    {
        var error = AttemptExceptions.Of(call, client: null, response, exception);
        if (error is not CallFailureException { Failure: var failure })
        {
            call.Telemetry?.Fail(error);
            return error;
        }

        failure = failure with { Status = failure.Status ?? response.StatusCode, Headers = failure.Headers ?? response.Headers };
        var attempt = call.Break(failure);
        Log.AttemptFailed(_logger, call.Request, attempt);
        var broken = ExceptionFactory.Create(call, failure);
        call.Telemetry?.Fail(broken);

        return broken;
    }

    private async ValueTask<Outcome<T>> RepeatAsync<T>(
        ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read, Outcome<T> first)
    {
        _repeat ??= new RepeatPipeline(Options.TimeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(call.Budget.Caller, _closed.Token);
        var outcome = await _repeat.RunAsync(
            first,
            exception => exception is not null && GoesOn(call, exception),
            () => call.Decision.Delay,
            () => AttemptAsync(call, read),
            stop.Token).ConfigureAwait(false);

        // The decision was to go on, and the delay was ended.
        var isStopped = call.Decision.GoesOn && call.Budget.IsStopped;
        if (isStopped && outcome.Exception is CallFailureException or OperationCanceledException)
        {
            return Outcome.FromException<T>(AttemptExceptions.Stopped(call, outcome.Exception));
        }

        return outcome;
    }

    private bool GoesOn(ApiCall call, Exception exception)
    {
        if (exception is not CallFailureException { Failure: var failure })
        {
            return false;
        }

        var attempt = call.Fail(failure, _random());
        Log.AttemptFailed(_logger, call.Request, attempt);
        switch (call.Decision.Action)
        {
            case RetryAction.Retry or RetryAction.RenewKey:
                Log.Retrying(_logger, call.Request, call.Decision.Delay, attempt.Fault, attempt.Decision);
                call.Telemetry?.AddRetry(ExceptionFactory.Create(call, failure), attempt);
                break;
            case RetryAction.FailOver:
                Log.FailingOver(_logger, call.Request, call.Model!, attempt.Fault!);
                call.Telemetry?.AddFailover(ExceptionFactory.Create(call, failure), attempt, call.Model!);
                break;
        }

        return call.Decision.GoesOn;
    }

    private ValueTask<Outcome<T>> AttemptAsync<T>(ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read)
    {
        call.BeginAttempt();
        if (call.NeedsPrices)
        {
            return AttemptWithPricesAsync(call, read);
        }

        return AttemptPreparedAsync(call, read);
    }

    /// <remarks>
    /// The prices that a budget needs are retrieved before the lease of the attempt: their own call needs one too, and may find
    /// all of them taken by attempts that wait for prices.
    /// </remarks>
    private async ValueTask<Outcome<T>> AttemptWithPricesAsync<T>(ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read)
    {
        try
        {
            await call.RetrievePricesAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            return Outcome.FromException<T>(AttemptExceptions.Of(call, client: null, response: null, exception));
        }

        return await AttemptPreparedAsync(call, read).ConfigureAwait(false);
    }

    private ValueTask<Outcome<T>> AttemptPreparedAsync<T>(ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read)
    {
        if (_strategies is not null)
        {
            return AttemptAsync(_strategies, call, read);
        }

        if (call.Turn is null)
        {
            return AttemptOnceAsync(call, read);
        }

        return AttemptInTurnAsync(call, call.Turn, read);
    }

    private ValueTask<Outcome<T>> AttemptAsync<T>(
        AttemptPipeline strategies, ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read) =>
        strategies.RunAsync(call, () => call.Turn is null ? AttemptOnceAsync(call, read) : AttemptInTurnAsync(call, call.Turn, read));

    /// <summary>An attempt that the rate limiter grants; its lease ends with a failure, or with the call.</summary>
    private async ValueTask<Outcome<T>> AttemptInTurnAsync<T>(
        ApiCall call, RateLimiterTurn turn, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read)
    {
        try
        {
            await call.WaitForTurnAsync(turn).ConfigureAwait(false);
            call.Telemetry?.AddLimiterWait(turn.Wait);
        }
        catch (Exception exception) when (exception is CallFailureException or OperationCanceledException)
        {
            return Outcome.FromException<T>(AttemptExceptions.Of(call, client: null, response: null, exception));
        }

        var outcome = await AttemptOnceAsync(call, read).ConfigureAwait(false);
        if (outcome.Exception is { } failed)
        {
            turn.Release(failed);
        }

        return outcome;
    }

    private async ValueTask<Outcome<T>> AttemptOnceAsync<T>(ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read)
    {
        HttpResponseMessage? response = null;
        var client = call.Request.Download is null ? _httpClient() : _downloadClient();

        try
        {
            using var message = await _messages.CreateAsync(call, client).ConfigureAwait(false);
            call.Address = message.RequestUri;
            await call.ReserveAsync().ConfigureAwait(false);

            // What was ended meanwhile is not sent, and so costs nothing.
            call.Budget.Token.ThrowIfCancellationRequested();
            call.IsSent = true;
            response = await SendAsync(call, client, message).ConfigureAwait(false);
            call.Response = response;
            call.Turn?.Observe(response.Headers);
            if (await FailureInAsync(call, response).ConfigureAwait(false) is { } failure)
            {
                response.Dispose();
                await call.BookAsync(failure).ConfigureAwait(false);

                return Outcome.FromException<T>(new CallFailureException(failure));
            }

            var status = (int)response.StatusCode;
            var result = await read(call, response).ConfigureAwait(false);
            if (!call.IsBookedLater)
            {
                await call.BookAsync().ConfigureAwait(false);
            }

            Log.AttemptSucceeded(_logger, call.Request, call.Log.Number, status, call.AttemptElapsed);

            return Outcome.FromResult(result);
        }
#pragma warning disable CA1031 // Every exception is an outcome, which is thrown once it is decided that there is no further attempt.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            response?.Dispose();
            var error = AttemptExceptions.Of(call, client, response, exception);
            await call.BookAsync((error as CallFailureException)?.Failure).ConfigureAwait(false);
            if (error is not CallFailureException)
            {
                var fault = error.GetType().Name;
                Log.AttemptEnded(_logger, call.Request, call.Log.Number, fault, call.AttemptElapsed);
            }

            return Outcome.FromException<T>(error);
        }
    }

    /// <summary>Sends the message; a response that arrives when the call does not wait any more is disposed of.</summary>
    private static ValueTask<HttpResponseMessage> SendAsync(ApiCall call, HttpClient client, HttpRequestMessage message)
    {
        var response = client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, call.Budget.Token);
        return call.Budget.WaitAsync(new ValueTask<HttpResponseMessage>(response), static late => late.Dispose());
    }

    /// <summary>The failure that a response reports before its body is read as a success; null when it is one.</summary>
    private async ValueTask<CallFailure?> FailureInAsync(ApiCall call, HttpResponseMessage response)
    {
        var isDownload = call.Request.Download is not null;
        if (!isDownload && RedirectFailure.Find(call, response) is { } redirect)
        {
            return redirect;
        }

        // The next request of a download needs the target as it is; nobody else sees these headers.
        var isDownloadRedirect = isDownload && (int)response.StatusCode is >= 300 and < 400;
        if (!isDownloadRedirect)
        {
            call.Redaction.Apply(response.Headers);
        }

        if (response.IsSuccessStatusCode || isDownloadRedirect)
        {
            return null;
        }

        using var body = await ResponseBody.ReadStartAsync(call, response).ConfigureAwait(false);
        var failure = FailureClassifier.FromStatus(call, response, body.Written);
        var isRejectedKey = response.StatusCode == HttpStatusCode.Unauthorized && !isDownload;
        var canRenew = isRejectedKey
            && call.CanRenewKey
            && call.Request.CanBeSent
            && _authentication.CanRenew(call.Settings.ApiKey);

        if (canRenew)
        {
            return await RenewKeyAsync(call, failure).ConfigureAwait(false);
        }

        return failure;
    }

    /// <summary>
    /// Calls the key provider once more, because its key was rejected; returns the failure of the call if there is no other key.
    /// </summary>
    private async ValueTask<CallFailure> RenewKeyAsync(ApiCall call, CallFailure rejection)
    {
        call.BeginRenewal();
        try
        {
            call.EndRenewal(await _authentication.GetAsync(call.Settings.ApiKey, call.Budget.Token).ConfigureAwait(false));
            return rejection;
        }
        catch (CallFailureException failed)
        {
            return failed.Failure with { Status = rejection.Status, Headers = rejection.Headers };
        }
    }
}
