using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// The only place that makes calls.
/// <see cref="SendAsync{T}(ApiRequest, JsonRead.ReadClass{T}, CCApiRequestOptions?, CancellationToken)"/> is for responses that
/// are read to their end, <see cref="OpenAsync"/> for what stays open: streams and downloads.
/// </summary>
internal sealed class CCApiTransport : IDisposable
{
    private readonly ClientState _client;
    private readonly CallTelemetryStarter _telemetry;

    /// <param name="options">Validated options that nobody else changes.</param>
    /// <param name="httpClient">Returns the client of each attempt, so that connections and names can be renewed.</param>
    /// <param name="random">The random source of the retry delays.</param>
    /// <param name="downloadClient">Returns the client of downloads, which go to other hosts and share nothing with the first.</param>
    public CCApiTransport(
        CCApiClientOptions options,
        Func<HttpClient> httpClient,
        Func<double>? random = null,
        Func<HttpClient>? downloadClient = null)
    {
        _client = new ClientState(options);
        Telemetry = new TelemetrySettings(options.Telemetry);
        _telemetry = new CallTelemetryStarter(Telemetry, BaseAddress);
        Loop = new CallLoop(_client, new AttemptRunner(_client, httpClient, downloadClient), random);
        Explainer = new CallExplainer(options, BaseAddress, _client.Authentication, _client.FailoverMemory, Costs);
    }

    public CCApiClientOptions Options => _client.Options;

    public Uri BaseAddress => _client.BaseAddress;

    /// <summary>Runs the calls.</summary>
    public CallLoop Loop { get; }

    /// <summary>Explains calls without sending them.</summary>
    public CallExplainer Explainer { get; }

    /// <summary>What the calls cost.</summary>
    public CostAccounting Costs => _client.Costs;

    public TelemetrySettings Telemetry { get; }

    public SeenModels SeenModels => _client.SeenModels;

    /// <summary>Is canceled when the client is disposed.</summary>
    public CancellationToken Closed => _client.Closed;

    /// <summary>Sends a request whose response is one JSON document of the contract.</summary>
    public Task<T> SendAsync<T>(
        ApiRequest request, JsonRead.ReadClass<T> read, CCApiRequestOptions? options, CancellationToken cancellationToken)
        where T : class, IApiResponse =>
        SendAsync(request, DocumentReader<T>.Of(read), options, cancellationToken);

    /// <summary>Sends a request and reads its response to the end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads a response that has a success status, and owns it.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<T> SendAsync<T>(
        ApiRequest request,
        Func<ApiCall, HttpResponseMessage, ValueTask<T>> read,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        using var call = Begin(request, options, cancellationToken);
        _telemetry.Start(call);
        var result = await Loop.RunAsync(call, read).ConfigureAwait(false);
        call.Telemetry?.AddResponse(result);

        return result;
    }

    /// <summary>Sends a request whose response stays open.</summary>
    /// <param name="request">The request.</param>
    /// <param name="open">
    /// Opens a response that has a success status. When it returns, its result owns the response and the call, and must dispose
    /// both.
    /// </param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call, also after it has been opened.</param>
    public async Task<T> OpenAsync<T>(
        ApiRequest request,
        Func<ApiCall, HttpResponseMessage, ValueTask<T>> open,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        var call = Begin(request, options, cancellationToken);
        _telemetry.Start(call);

        try
        {
            var result = await Loop.RunAsync(call, open).ConfigureAwait(false);
            EndOpening(call);

            return result;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Ends the total budget of what stays open, or the call of what does not. It is done here, because strategies of the caller
    /// may take long after the attempt, and what ends the call must end them.
    /// </summary>
    private static void EndOpening(ApiCall call)
    {
        if (call.IsReadToEnd)
        {
            call.Dispose();
            return;
        }

        call.Clock.EndTotal();
    }

    /// <summary>Ends every call under way; none can be sent afterwards.</summary>
    public void Dispose() => _client.Dispose();

    /// <summary>The key that a call would be sent with now.</summary>
    internal async ValueTask<string> KeyOfAsync(ApiCall call)
    {
        var bearer = await _client.Authentication.GetAsync(call).ConfigureAwait(false);
        return bearer.Key;
    }

    /// <summary>Masks the keys of a call.</summary>
    internal KeyRedaction RedactionOf(CCApiRequestOptions? options) => _client.Authentication.RedactionOf(options?.ApiKey);

    /// <summary>Starts a call: its clock runs from here.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="total">What is left of the total budget of what the call is a part of; null for that of the call.</param>
    /// <exception cref="ArgumentException">An option is wrong, or the path contains the key.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    internal ApiCall Begin(
        ApiRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken, TimeSpan? total = null)
    {
        OptionsValidation.Check(options);
        _client.ThrowIfClosed();

        var redaction = RedactionOf(options);
        if (request.Download is null && !ReferenceEquals(redaction.Apply(request.Path), request.Path))
        {
            throw new ArgumentException(
                "The path of the request contains the API key, which logs would show: pass an id that does not.", nameof(request));
        }

        // What the caller changes later is not of this call: an attempt with another key would be sent for another tenant.
        return new ApiCall(request, _client, options?.Clone(), redaction, cancellationToken, total);
    }
}
