using System;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Polly;

namespace CCApi.Sdk;

/// <summary>
/// Makes one attempt of a call: the prices that a budget needs, the strategies of the user, the turn of the rate limiter, the
/// message, and the response.
/// </summary>
internal sealed class AttemptRunner
{
    private readonly Func<HttpClient> _httpClient;
    private readonly Func<HttpClient> _downloadClient;
    private readonly Authentication _authentication;
    private readonly AttemptPipeline? _strategies;
    private readonly RequestMessageFactory _messages;
    private readonly ResponseCheck _check;
    private readonly ILogger _logger;

    /// <param name="client">What the calls of the client share.</param>
    /// <param name="httpClient">Returns the client of each attempt.</param>
    /// <param name="downloadClient">Returns the client of downloads; null for none.</param>
    public AttemptRunner(ClientState client, Func<HttpClient> httpClient, Func<HttpClient>? downloadClient)
    {
        _authentication = client.Authentication;
        _messages = new RequestMessageFactory(client.Options, client.BaseAddress);
        _check = new ResponseCheck(_authentication);
        _httpClient = httpClient;
        _downloadClient = downloadClient ?? (() => throw new InvalidOperationException("This transport has no client for downloads."));
        _logger = client.Logger;
        if (client.Options.ConfigureResilience is { } configure)
        {
            _strategies = new AttemptPipeline(configure, client.Options.TimeProvider, client.Logger);
        }
    }

    /// <summary>Makes an attempt. Every exception is part of its outcome.</summary>
    /// <param name="call">The call.</param>
    /// <param name="read">Reads a response that has a success status, and owns it.</param>
    public ValueTask<Outcome<T>> RunAsync<T>(ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read)
    {
        call.BeginAttempt();
        if (call.NeedsKey || call.Costs.NeedsPrices)
        {
            return AttemptWithKeyAndPricesAsync(call, read);
        }

        return AttemptPreparedAsync(call, read);
    }

    /// <remarks>
    /// The key that decides about the models, and the prices that a budget needs, are retrieved before the lease of the attempt:
    /// the call for the prices needs one too, and may find all of them taken by attempts that wait for prices.
    /// </remarks>
    private async ValueTask<Outcome<T>> AttemptWithKeyAndPricesAsync<T>(
        ApiCall call, Func<ApiCall, HttpResponseMessage, ValueTask<T>> read)
    {
        try
        {
            if (call.NeedsKey)
            {
                call.Prepare(await _authentication.GetAsync(call).ConfigureAwait(false));
            }

            if (call.Costs.NeedsPrices)
            {
                await call.RetrievePricesAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or CallFailureException)
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
        HttpClient client;
        try
        {
            client = call.Request.Download is null ? _httpClient() : _downloadClient();
        }
#pragma warning disable CA1031 // A factory that fails, such as one of a disposed container, is not a failure of the connection.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Outcome.FromException<T>(exception);
        }

        HttpResponseMessage? response = null;
        try
        {
            if (call.Request.Download is null)
            {
                call.Use(call.TakeNextKey() ?? await _authentication.GetAsync(call).ConfigureAwait(false));
            }

            using var message = _messages.Create(call, client);
            call.Address = message.RequestUri;
            await call.ReserveAsync().ConfigureAwait(false);
            call.Telemetry?.AddReservations(call.Costs.Reservations);

            response = await SendAsync(call, client, message).ConfigureAwait(false);
            call.Response = response;
            call.Turn?.Observe(response.Headers);
            if (await _check.FailureOfAsync(call, response).ConfigureAwait(false) is { } failure)
            {
                response.Dispose();
                await call.Costs.BookAsync(failure, isSent: true).ConfigureAwait(false);

                return Outcome.FromException<T>(new CallFailureException(failure));
            }

            var status = (int)response.StatusCode;
            var result = await read(call, response).ConfigureAwait(false);
            if (!call.Costs.IsBookedLater)
            {
                await call.Costs.BookAsync().ConfigureAwait(false);
            }

            LogSuccess(call, status);

            return Outcome.FromResult(result);
        }
#pragma warning disable CA1031 // Every exception is an outcome, which is thrown once it is decided that there is no further attempt.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            response?.Dispose();
            var error = AttemptExceptions.Of(call, client, response, exception);
            await EndFailedAsync(call, exception, error).ConfigureAwait(false);

            return Outcome.FromException<T>(error);
        }
    }

    /// <summary>Sends the message; a response that arrives when the call does not wait any more is disposed of.</summary>
    private static ValueTask<HttpResponseMessage> SendAsync(ApiCall call, HttpClient client, HttpRequestMessage message)
    {
        // What was ended meanwhile is not sent, and so costs nothing.
        call.Clock.Token.ThrowIfCancellationRequested();
        call.IsSent = true;

        var response = client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, call.Clock.Token);
        return call.Clock.WaitAsync(new ValueTask<HttpResponseMessage>(response), static late => late.Dispose());
    }

    /// <summary>Books what a failed attempt costs, and reports it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="exception">What the attempt threw.</param>
    /// <param name="error">Its outcome.</param>
    private async ValueTask EndFailedAsync(ApiCall call, Exception exception, Exception error)
    {
        await call.Costs.BookAsync((error as CallFailureException)?.Failure, call.IsSent).ConfigureAwait(false);
        if (exception is CCApiBudgetExceededException rejection)
        {
            call.Telemetry?.AddBudgetRejection(rejection);
        }

        // Failures of the call are logged with what follows them.
        if (error is not CallFailureException)
        {
            var fault = error.GetType().Name;
            Log.AttemptEnded(_logger, call.Request, call.Log.Number, fault, call.AttemptElapsed);
        }
    }

    private void LogSuccess(ApiCall call, int status)
    {
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            Log.AttemptSucceeded(_logger, call.Request, call.Log.Number, status, call.AttemptElapsed);
        }
    }
}
