using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Polly;

namespace CCApi.Sdk;

/// <summary>
/// The settings of a client. They are copied and checked when the client is made; later changes have no effect. Not thread-safe.
/// </summary>
public sealed class CCApiClientOptions
{
    /// <summary>The API key. Opaque to the SDK: not empty, without white space and control characters. It is never serialized.</summary>
    /// <value>The default is null; then <see cref="ApiKeyProvider"/> must be set.</value>
    [JsonIgnore]
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gives the API key for each attempt, so that keys can rotate. It wins over <see cref="ApiKey"/>, and must be thread-safe.
    /// </summary>
    /// <remarks>
    /// When the gateway rejects the key with 401, the provider is called once more. If it returns another key, the call
    /// is sent once more with that, at once and even when retries are off, because nothing was done for the rejected
    /// request; the trail of attempts shows it. If it returns the same key, the call fails without a second request.
    /// </remarks>
    [JsonIgnore]
    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; set; }

    /// <summary>
    /// The address of the gateway with its version, such as <c>https://api.ccapi.ai/v1/</c>. Slashes at the end or doubled do no
    /// harm.
    /// </summary>
    /// <value>
    /// An absolute https address; plain http only on this machine or with <see cref="AllowInsecureHttp"/>. The default is
    /// <see cref="CCApiDefaults.BaseAddress"/>.
    /// </value>
    public Uri BaseAddress { get; set; } = CCApiDefaults.BaseAddress;

    /// <summary>When and how failed calls are retried.</summary>
    public CCApiRetryOptions Retry { get; private set; } = new();

    /// <summary>The time budgets of a call.</summary>
    public CCApiTimeoutOptions Timeouts { get; private set; } = new();

    /// <summary>Which other models are called when one fails.</summary>
    public CCApiFailoverOptions Failover { get; private set; } = new();

    /// <summary>What spans contain, and which conventions they follow.</summary>
    [JsonIgnore]
    public CCApiTelemetryOptions Telemetry { get; private set; } = new();

    /// <summary>Adds Polly strategies of your own around each attempt of every call, such as a circuit breaker or chaos.</summary>
    /// <value>The default is null: none.</value>
    /// <remarks>
    /// The strategies are built once, when the first call needs them, and see the exceptions that callers get
    /// (<see cref="CCApiException"/>). Retries and failover then decide on what they return: an
    /// <see cref="System.Net.Http.HttpRequestException"/> or a transient <see cref="CCApiException"/> that one throws is retried,
    /// and a time-out of one counts as possibly charged; any other exception, such as that of an open circuit, ends the call. The
    /// attempt of a stream ends with its first content. A strategy that repeats an attempt sends it again whether or not it was
    /// charged: leave retries to <see cref="Retry"/>, whose number does not include what a strategy repeats. Content that can be
    /// sent only once is never repeated.
    /// </remarks>
    [JsonIgnore]
    public Action<ResiliencePipelineBuilder>? ConfigureResilience { get; set; }

    /// <summary>
    /// Limits the requests of this client: a lease is acquired before each attempt, and held until the body of its response, a
    /// stream and a download of the API included, has ended.
    /// </summary>
    /// <value>The default is null: no limit. <see cref="CCApiRateLimiters"/> has those of the service's tiers.</value>
    /// <remarks>
    /// The wait is part of the total budget (<see cref="CCApiTimeoutOptions.Total"/>) and of no other;
    /// <see cref="CCApiAttempt.RateLimiterWait"/> reports it. A limiter that rejects a call at once counts as a
    /// <see cref="CCApiRateLimitException"/>, retried like one of the gateway. Downloads from other hosts need no lease. Clients may
    /// share a limiter, which must be thread-safe; it stays the caller's and is not disposed.
    /// </remarks>
    [JsonIgnore]
    public RateLimiter? RateLimiter { get; set; }

    /// <summary>
    /// Limits requests by their model, in addition to <see cref="RateLimiter"/>: its lease is acquired first. Requests without a
    /// model, such as those of the catalog, need none.
    /// </summary>
    /// <value>The default is null: no limit.</value>
    /// <remarks>It stays the caller's and is not disposed.</remarks>
    /// <example><code>
    /// options.ModelRateLimiter = PartitionedRateLimiter.Create&lt;string, string&gt;(model =&gt;
    ///     RateLimitPartition.GetConcurrencyLimiter(
    ///         model,
    ///         _ =&gt; new ConcurrencyLimiterOptions { PermitLimit = 4, QueueLimit = int.MaxValue }));
    /// </code></example>
    [JsonIgnore]
    public PartitionedRateLimiter<string>? ModelRateLimiter { get; set; }

    /// <summary>
    /// Headers to add to every call: any but <c>Authorization</c>, <c>Host</c> and the content headers. Downloads from other
    /// hosts do not get them. They are never serialized, because they may be secrets.
    /// </summary>
    [JsonIgnore]
    public IDictionary<string, string> Headers { get; private set; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The <c>User-Agent</c> to send. Some networks in front of gateways reject unusual ones with a 403 (observed).</summary>
    /// <value>The default is null: <c>CCApi.Sdk/</c> and the version.</value>
    public string? UserAgent { get; set; }

    /// <summary>The value of the header: that of <see cref="UserAgent"/>, or the name of the package.</summary>
    internal string SentUserAgent => UserAgent ?? ProductName.Value;

    /// <summary>Whether plain http is allowed to other machines. The key then crosses the network in clear.</summary>
    /// <value>The default is false.</value>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>Decides which addresses of a response may be downloaded, redirects included.</summary>
    /// <value>
    /// The default is null: every address on the public internet, and none that is private, loopback, link-local or otherwise
    /// special after its name was resolved, unless <see cref="BaseAddress"/> has such an address itself.
    /// </value>
    /// <remarks>
    /// When it is set, it alone decides, also about private addresses. It must be thread-safe. Plain http stays limited to
    /// <see cref="AllowInsecureHttp"/> and this machine.
    /// </remarks>
    [JsonIgnore]
    public Func<Uri, bool>? AllowDownload { get; set; }

    /// <summary>
    /// The largest response, plain or streamed, in bytes after decompression: all of it is kept in memory. Downloads have
    /// <see cref="MediaSaveOptions.MaxBytes"/>.
    /// </summary>
    /// <value>More than 0. The default is 256 MiB.</value>
    public long MaxResponseBytes { get; set; } = CCApiDefaults.MaxResponseBytes;

    /// <summary>The longest line of a stream, in bytes.</summary>
    /// <value>More than 0, and not more than <see cref="MaxResponseBytes"/> when it is set. The default is 64 MiB.</value>
    public int MaxLineBytes { get; set; } = CCApiDefaults.MaxLineBytes;

    /// <summary>
    /// How many JSON values one document of a response may have: a plain response, or one event of a stream. An object counts as
    /// 6.
    /// </summary>
    /// <value>More than 0. The default is 1,000,000.</value>
    /// <remarks>
    /// It is what keeps memory below about 8 times the bytes of a plain response, because the smallest values take many times their own
    /// bytes. A document with at least 4 bytes for each value, as every real one has, is accepted whatever its number of values;
    /// <see cref="MaxResponseBytes"/> limits its size.
    /// </remarks>
    public int MaxJsonValues { get; set; } = CCApiDefaults.MaxJsonValues;

    /// <summary>
    /// The value of one credit in US dollars, when you know it (it is not documented): costs that the gateway reports in credits
    /// are converted.
    /// </summary>
    /// <value>More than 0. The default is null: such costs stay in credits.</value>
    public decimal? CreditValue { get; set; }

    /// <summary>
    /// The limit of what the calls of the client may cost together: each reserves the most that it may cost before it is sent.
    /// </summary>
    /// <value>The default is null: no limit.</value>
    [JsonIgnore]
    public CCApiBudget? Budget { get; set; }

    /// <summary>
    /// Whether the first cost that the gateway does not report retrieves the catalog in the background, so that later ones are
    /// computed from its prices. <see cref="CatalogClient.ListModelsAsync"/> costs nothing.
    /// </summary>
    /// <value>
    /// The default is false: costs are computed once <c>CatalogClient.GetCatalogAsync</c> was called. A budget retrieves the
    /// catalog by itself.
    /// </value>
    public bool RetrieveCatalogForCosts { get; set; }

    /// <summary>The clock of budgets, waits and polling; a fake one makes tests fast.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    [JsonIgnore]
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where log messages go. Keys and bodies are never logged.</summary>
    /// <value>The default is null: nowhere.</value>
    [JsonIgnore]
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// The settings of the environment variables <c>CCAPI_API_KEY</c> and <c>CCAPI_BASE_URL</c>, checked, with further ones from
    /// code.
    /// </summary>
    /// <param name="configure">Changes the settings; null for nothing.</param>
    /// <exception cref="ArgumentException">The key is not set, or a setting is wrong; the message contains the fix.</exception>
    internal static CCApiClientOptions FromEnvironment(Action<CCApiClientOptions>? configure)
    {
        var options = new CCApiClientOptions();
        EnvironmentSettings.Apply(options);
        configure?.Invoke(options);
        Check(options, $": set the environment variable {CCApiDefaults.ApiKeyVariable}");

        return options;
    }

    /// <summary>The copy that a client uses.</summary>
    /// <exception cref="ArgumentException">A setting is wrong; the message contains the fix.</exception>
    internal CCApiClientOptions CheckedCopy()
    {
        var copy = Clone();
        Check(copy, OptionsValidation.KeyPlaces);

        return copy;
    }

    /// <summary>Takes what may change while calls are sent: each call reads it when it needs it, whole objects at a time.</summary>
    internal void TakeLimits(CCApiClientOptions settings)
    {
        Retry = settings.Retry;
        Timeouts = settings.Timeouts;
        MaxResponseBytes = settings.MaxResponseBytes;
        MaxLineBytes = settings.MaxLineBytes;
        MaxJsonValues = settings.MaxJsonValues;
    }

    internal CCApiClientOptions Clone()
    {
        var copy = (CCApiClientOptions)MemberwiseClone();
        copy.Retry = Retry.Clone();
        copy.Timeouts = Timeouts.Clone();
        copy.Failover = Failover.Clone();
        copy.Telemetry = Telemetry.Clone();
        copy.Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase);

        return copy;
    }

    private static void Check(CCApiClientOptions options, string keyPlaces)
    {
        foreach (var problem in OptionsValidation.Problems(options, keyPlaces))
        {
            throw new ArgumentException(problem, nameof(options));
        }
    }
}
