using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;

namespace CCApi.Sdk;

/// <summary>
/// The one way of every call: serialize, send, map errors, try again, read. Each attempt is a fresh message, so that every way to make a client behaves the same.
/// </summary>
internal sealed partial class CCApiTransport
{
    private readonly Func<HttpClient> _httpClient;
    private readonly Func<HttpClient> _downloadClient;
    private readonly Authentication _authentication;
    private readonly string _userAgent;
    private readonly Func<double> _random;
    private readonly ILogger _logger;
    private RetryPipeline? _retry;

    // Most calls of a program go to the same address.
    private Tuple<string, Uri>? _lastAddress;

    /// <param name="options">Checked options that nobody else changes.</param>
    /// <param name="httpClient">Gives the client of each attempt, so that connections and names can be renewed.</param>
    /// <param name="random">The dice of the retry delays.</param>
    /// <param name="downloadClient">Gives the client of downloads, which go to other hosts and share nothing with the first.</param>
    public CCApiTransport(CCApiClientOptions options, Func<HttpClient> httpClient, Func<double>? random = null, Func<HttpClient>? downloadClient = null)
    {
        Options = options;
        BaseAddress = RequestUri.Normalize(options.BaseAddress);
        _httpClient = httpClient;
        _downloadClient = downloadClient ?? (() => throw new InvalidOperationException("This transport has no client for downloads."));
        _authentication = new Authentication(options);
        _userAgent = options.UserAgent ?? ProductName.Value;
        _random = random ?? RandomSource.Roll;
        _logger = options.LoggerFactory?.CreateLogger(Log.Category) ?? NullLogger.Instance;
    }

    public CCApiClientOptions Options { get; }

    public Uri BaseAddress { get; }

    /// <summary>Makes a call whose answer is one JSON document of the contract.</summary>
    public async Task<T> SendAsync<T>(ApiRequest request, JsonRead.ReadClass<T> read, CCApiRequestOptions? options, CancellationToken cancellationToken)
        where T : class, IApiResponse
    {
        CheckOptions(options);
        using var call = new ApiCall(request, Options, options, cancellationToken);
        return await RunAsync(call, response => ReadPlainAsync(call, response, read)).ConfigureAwait(false);
    }

    /// <summary>Makes a call and hands each answer that has a success status to <paramref name="read"/>, which owns it.</summary>
    public async Task<T> RunAsync<T>(ApiCall call, Func<HttpResponseMessage, ValueTask<T>> read)
    {
        var outcome = await AttemptAsync(call, read).ConfigureAwait(false);
        if (outcome.Exception is { } error && ShouldRetry(call, error))
        {
            outcome = await RetryAsync(call, read, outcome).ConfigureAwait(false);
        }

        while (outcome.Exception is CCApiException failed && FailOver(call, failed))
        {
            outcome = await AttemptAsync(call, read).ConfigureAwait(false);
            if (outcome.Exception is { } again && ShouldRetry(call, again))
            {
                outcome = await RetryAsync(call, read, outcome).ConfigureAwait(false);
            }
        }

        outcome.ThrowIfException();
        return outcome.Result!;
    }

    /// <summary>Adds to the trail and the log that a stream or a download broke after its headers came.</summary>
    public void Break(ApiCall call, CCApiException error, HttpStatusCode status)
    {
        var attempt = call.Break(error, status);
        Log.AttemptFailed(_logger, call.Request, attempt);
    }

    /// <summary>Whether the call goes on with another model; it is ready to be sent then.</summary>
    public bool FailOver(ApiCall call, CCApiException error)
    {
        if (call.Budget.Caller.IsCancellationRequested || call.FailOver(error) is not { } model)
        {
            return false;
        }

        Log.FailingOver(_logger, call.Request, model, error.Code ?? error.GetType().Name);
        return true;
    }

    public static void CheckOptions(CCApiRequestOptions? options)
    {
        foreach (var problem in options is null ? [] : OptionsValidation.Problems(options))
        {
            throw new ArgumentException(problem, nameof(options));
        }
    }

    private async ValueTask<Outcome<T>> RetryAsync<T>(ApiCall call, Func<HttpResponseMessage, ValueTask<T>> read, Outcome<T> first)
    {
        _retry ??= new RetryPipeline(Options.TimeProvider);
        var outcome = await _retry.RunAsync(
            first,
            exception => exception is not null && ShouldRetry(call, exception),
            () => call.Decision.Delay,
            () => AttemptAsync(call, read),
            call.Budget.Caller).ConfigureAwait(false);
        if (call.Decision.Retry && call.Budget.Caller.IsCancellationRequested && outcome.Exception is CCApiException or OperationCanceledException)
        {
            // It was decided to go on, and the caller ended the wait.
            throw Canceled(call, outcome.Exception);
        }

        return outcome;
    }

    private bool ShouldRetry(ApiCall call, Exception error)
    {
        if (error is not CCApiException known)
        {
            return false;
        }

        var failed = call.Fail(known, FaultOf(known), _random());
        Log.AttemptFailed(_logger, call.Request, failed);
        if (call.Decision.Retry)
        {
            Log.Retrying(_logger, call.Request, call.Decision.Delay, failed.Fault, failed.Decision);
        }

        return call.Decision.Retry;
    }

    private async ValueTask<Outcome<T>> AttemptAsync<T>(ApiCall call, Func<HttpResponseMessage, ValueTask<T>> read)
    {
        var client = call.Request.Download is null ? _httpClient() : _downloadClient();
        try
        {
            call.BeginAttempt();
            using var message = await CreateMessageAsync(call, client).ConfigureAwait(false);
            var address = message.RequestUri!;
            var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, call.Budget.Token).ConfigureAwait(false);
            try
            {
                if (call.Request.Download is null)
                {
                    RejectRedirect(call, address, response);
                }

                if (!response.IsSuccessStatusCode && !IsDownloadRedirect(call, response))
                {
                    throw await ErrorOfAsync(call, response).ConfigureAwait(false);
                }
            }
            catch
            {
                response.Dispose();
                throw;
            }

            var status = (int)response.StatusCode;
            var result = await read(response).ConfigureAwait(false);
            Log.AttemptSucceeded(_logger, call.Request, call.Attempt, status, call.AttemptElapsed);
            return Outcome.FromResult(result);
        }
#pragma warning disable CA1031 // Every exception is an outcome, which is thrown once it is decided that there is no further attempt.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var error = Translate(call, client, exception);
            if (error is CCApiException { Headers: { } headers })
            {
                KeyRedaction.Apply(headers, call.Key);
            }
            else if (error is not CCApiException)
            {
                var fault = error.GetType().Name;
                Log.AttemptEnded(_logger, call.Request, call.Attempt, fault, call.AttemptElapsed);
            }

            return Outcome.FromException<T>(error);
        }
    }

    private static bool IsDownloadRedirect(ApiCall call, HttpResponseMessage response) =>
        call.Request.Download is not null && (int)response.StatusCode is >= 300 and < 400;

    private async ValueTask<T> ReadPlainAsync<T>(ApiCall call, HttpResponseMessage response, JsonRead.ReadClass<T> read)
        where T : class, IApiResponse
    {
        using (response)
        {
            using var body = await ResponseBody.ReadAsync(call, response, Options.MaxResponseBytes).ConfigureAwait(false);
            var answer = ResponseReader.Read(call, response, body.Written, read);
            answer.Info = call.Info(response);
            return answer;
        }
    }

    private async ValueTask<CCApiException> ErrorOfAsync(ApiCall call, HttpResponseMessage response)
    {
        call.RetryAfter = RetryAfter.Parse(response.Headers, call.Now);
        call.Wish = ResponseHeaders.ShouldRetry(response.Headers);
        using var body = await ResponseBody.ReadStartAsync(call, response).ConfigureAwait(false);
        var error = ErrorMapper.FromStatus(call.Request, response, body.Written, call.RetryAfter, call.Key);
        error.IsTransient = call.Wish ?? error.IsTransient;
        var isRefusedKey = response.StatusCode == HttpStatusCode.Unauthorized && call.Request.Download is null;
        return isRefusedKey && call.CanRenewKey && _authentication.CanRenew(call.CallKey) ? await RenewKeyAsync(call, error).ConfigureAwait(false) : error;
    }

    /// <summary>Asks the key provider once more, because its key was refused; gives the error that the call fails with if there is no other.</summary>
    private async ValueTask<CCApiException> RenewKeyAsync(ApiCall call, CCApiException refusal)
    {
        call.BeginRenewal();
        try
        {
            call.EndRenewal(await _authentication.GetAsync(call.CallKey, call.Budget.Token).ConfigureAwait(false));
            return refusal;
        }
        catch (CCApiUnauthorizedException failure)
        {
            (failure.StatusCode, failure.Headers, failure.RequestId) = (refusal.StatusCode, refusal.Headers, refusal.RequestId);
            return failure;
        }
    }
}
