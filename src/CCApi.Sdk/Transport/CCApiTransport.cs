using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using Microsoft.Extensions.Logging.Abstractions;

namespace CCApi.Sdk;

/// <summary>
/// The only place that makes calls.
/// <see cref="SendAsync{T}(ApiRequest, JsonRead.ReadClass{T}, CCApiRequestOptions?, CancellationToken)"/> is for responses that
/// are read to their end, <see cref="OpenAsync"/> for what stays open: streams and downloads.
/// </summary>
internal sealed class CCApiTransport : IDisposable
{
    private readonly Authentication _authentication;
    private readonly FailoverMemory _failoverMemory = new();
    private readonly CancellationTokenSource _closed = new();
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
        Options = options;
        Telemetry = new TelemetrySettings(options.Telemetry);
        BaseAddress = RequestUri.Normalize(options.BaseAddress);
        _telemetry = new CallTelemetryStarter(Telemetry, BaseAddress);
        _authentication = new Authentication(options);
        var prices = new PriceRetrieval(options.TimeProvider, CCApiDefaults.CatalogMaxAge, CCApiDefaults.CatalogRetryDelay);
        Costs = new CostAccounting(options.CreditValue, prices, options.RetrieveCatalogForCosts);
        var messages = new RequestMessageFactory(options, BaseAddress, _authentication);
        var logger = options.LoggerFactory?.CreateLogger(Log.Category) ?? NullLogger.Instance;
        var attempts = new AttemptRunner(options, messages, _authentication, httpClient, downloadClient, logger);
        Explainer = new CallExplainer(options, BaseAddress, _authentication, _failoverMemory, Costs);
        Loop = new CallLoop(attempts, options.TimeProvider, random ?? RandomSource.Roll, logger, _closed.Token);
    }

    public CCApiClientOptions Options { get; }

    public Uri BaseAddress { get; }

    /// <summary>Runs the calls.</summary>
    public CallLoop Loop { get; }

    /// <summary>Explains calls without sending them.</summary>
    public CallExplainer Explainer { get; }

    /// <summary>What the calls cost.</summary>
    public CostAccounting Costs { get; }

    public TelemetrySettings Telemetry { get; }

    public SeenModels SeenModels { get; } = new();

    /// <summary>Is canceled when the client is disposed.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Sends a request whose response is one JSON document of the contract.</summary>
    public Task<T> SendAsync<T>(
        ApiRequest request, JsonRead.ReadClass<T> read, CCApiRequestOptions? options, CancellationToken cancellationToken)
        where T : class, IApiResponse =>
        SendAsync(request, (call, response) => ResponseReader.ReadAsync(call, response, read), options, cancellationToken);

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
            return await Loop.RunAsync(call, open).ConfigureAwait(false);
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>Ends every call under way; none can be sent afterwards.</summary>
    /// <remarks>
    /// The source is not disposed: calls that end at this moment still look at its token, and it holds nothing but memory.
    /// </remarks>
    public void Dispose() => _closed.Cancel();

    /// <summary>Prepares texts of and for a gateway, whose calls have these options, for attributes.</summary>
    internal TelemetryText TelemetryTextOf(CCApiRequestOptions? options)
    {
        var redaction = RedactionOf(options);
        return CallTelemetryStarter.TextOf(() => redaction);
    }

    /// <summary>The key that a call would be sent with now.</summary>
    internal async ValueTask<string> KeyOfAsync(ApiCall call)
    {
        var bearer = await _authentication.GetAsync(call.Settings.ApiKey, call.Budget.Token).ConfigureAwait(false);
        return bearer.Key;
    }

    /// <summary>Masks the keys of a call.</summary>
    internal KeyRedaction RedactionOf(CCApiRequestOptions? options) => _authentication.RedactionOf(options?.ApiKey);

    /// <summary>Starts a call: its clock runs from here.</summary>
    /// <exception cref="ArgumentException">An option is wrong, or the path contains the key.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    internal ApiCall Begin(ApiRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        OptionsValidation.Check(options);
        if (_closed.IsCancellationRequested)
        {
            throw new ObjectDisposedException(ProductName.Client);
        }

        var redaction = RedactionOf(options);
        if (request.Download is null && !ReferenceEquals(redaction.Apply(request.Path), request.Path))
        {
            throw new ArgumentException(
                "The path of the request contains the API key, which logs would show: pass an id that does not.", nameof(request));
        }

        return new ApiCall(request, Options, options, cancellationToken, _failoverMemory, _closed.Token, SeenModels, redaction, Costs);
    }
}
