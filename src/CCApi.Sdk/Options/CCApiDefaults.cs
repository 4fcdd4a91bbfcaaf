using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Every default of the SDK, in one place.</summary>
public static class CCApiDefaults
{
    /// <summary>The address of the gateway: <c>https://api.ccapi.ai/v1/</c>.</summary>
    public static readonly Uri BaseAddress = new("https://api.ccapi.ai/v1/");

    /// <summary>The environment variable that holds the API key.</summary>
    public const string ApiKeyVariable = "CCAPI_API_KEY";

    /// <summary>The environment variable that holds another base address.</summary>
    public const string BaseUrlVariable = "CCAPI_BASE_URL";

    /// <summary>
    /// The name of the configuration section, and of the <see cref="System.Net.Http.HttpClient"/> that the factory makes.
    /// </summary>
    public const string Name = "CCApi";

    /// <summary>
    /// The name of the <see cref="System.Diagnostics.ActivitySource"/> and of the <see cref="System.Diagnostics.Metrics.Meter"/>:
    /// <c>AddSource(CCApiDefaults.TelemetryName)</c>, <c>AddMeter(CCApiDefaults.TelemetryName)</c>.
    /// </summary>
    public const string TelemetryName = "CCApi.Sdk";

    /// <summary>The largest number of characters of content in one attribute of a span: 16,384.</summary>
    public const int MaxTelemetryContentLength = 16_384;

    /// <summary>How often a failed call is retried: 2 times.</summary>
    public const int MaxRetries = 2;

    /// <summary>Whether calls are retried that may already have been charged: no.</summary>
    public const bool RetryPossiblyCharged = false;

    /// <summary>The upper bound of the first wait before a retry: 0.5 s. It doubles with each retry.</summary>
    public static readonly TimeSpan BaseDelay = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest delay before a retry that the gateway did not request: 8 s.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(8);

    /// <summary>The longest <c>Retry-After</c> that is waited for: 60 s.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromSeconds(60);

    /// <summary>The time to make a connection: 15 s.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The time of one attempt until its headers arrive: 5 min, because images take that long.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The time of a whole call with its retries: 10 min.</summary>
    public static readonly TimeSpan TotalTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The time from the headers of a stream to its first chunk: 2 min.</summary>
    public static readonly TimeSpan FirstChunkTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The time between two chunks of a stream that carry something: 5 min.</summary>
    public static readonly TimeSpan NextChunkTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The time that a stream waits for usage and its end mark once every choice has its finish reason: 5 s.</summary>
    public static readonly TimeSpan StreamEndTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The time of one whole download: 30 min.</summary>
    public static readonly TimeSpan DownloadTimeout = TimeSpan.FromMinutes(30);

    /// <summary>The longest silence between two reads of a body: 60 s.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);

    /// <summary>For how long a model that was overloaded or unavailable is tried last: 60 s.</summary>
    public static readonly TimeSpan FailoverCoolDown = TimeSpan.FromSeconds(60);

    /// <summary>How long <see cref="ImageJob.WaitAsync"/> waits for a job: 15 min.</summary>
    public static readonly TimeSpan ImageJobTimeout = TimeSpan.FromMinutes(15);

    /// <summary>The longest pause between two polls of an image job: 10 s.</summary>
    public static readonly TimeSpan ImageJobMaxDelay = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The largest image that a request may carry in itself: 20 MiB. The service documents no limit; this is what its family
    /// usually takes.
    /// </summary>
    public const int MaxInputImageBytes = InputImage.MaxBytes;

    /// <summary>How many models <see cref="CatalogClient.EnumerateModelsAsync"/> requests per page: 100.</summary>
    public const int ModelPageSize = 100;

    /// <summary>How many pages <see cref="CatalogClient.EnumerateModelsAsync"/> requests at most: 1,000.</summary>
    public const int MaxModelPages = 1000;

    /// <summary>The currency of catalog prices that state none: <c>USD</c>, in which the service bills.</summary>
    public const string Currency = "USD";

    /// <summary>How long a catalog is used before it is retrieved again: 1 hour.</summary>
    public static readonly TimeSpan CatalogMaxAge = TimeSpan.FromHours(1);

    /// <summary>For how long after that it is still used while it is retrieved again: 24 hours.</summary>
    public static readonly TimeSpan CatalogMaxStale = TimeSpan.FromHours(24);

    /// <summary>The pause after a catalog could not be retrieved: 30 s.</summary>
    public static readonly TimeSpan CatalogRetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>How many models a catalog may have: 100,000.</summary>
    public const int MaxCatalogModels = 100_000;

    /// <summary>How many turns a model gets in <see cref="ChatClient.RunAsync"/>: 10.</summary>
    public const int MaxRunTurns = 10;

    /// <summary>How many turns in a row may bring nothing but failed calls in <see cref="ChatClient.RunAsync"/>: 3.</summary>
    public const int MaxRunErrors = 3;

    /// <summary>How many choices a stream may have: 1,024.</summary>
    public const int MaxStreamChoices = 1024;

    /// <summary>How many tool calls run at the same time in <see cref="ChatClient.RunAsync"/>: 8.</summary>
    public const int MaxParallelCalls = 8;

    /// <summary>How many tool calls of one turn run in <see cref="ChatClient.RunAsync"/>: 128.</summary>
    public const int MaxCallsPerTurn = 128;

    /// <summary>How many requests <see cref="CCApiRateLimiterOptions"/> allows in a minute: 600.</summary>
    public const int RequestsPerMinute = 600;

    /// <summary>How many requests <see cref="CCApiRateLimiterOptions"/> allows at once: 10.</summary>
    public const int MaxConcurrency = 10;

    /// <summary>The largest response that is read, plain or streamed: 256 MiB.</summary>
    public const long MaxResponseBytes = 256L * 1024 * 1024;

    /// <summary>
    /// The longest line of a stream that is read: 64 MiB, which is what gateways of this family buffer at most (observed).
    /// </summary>
    public const int MaxLineBytes = 64 * 1024 * 1024;

    /// <summary>
    /// How many JSON values one document of a response may have, unless it has at least 4 bytes for each: 1,000,000. An object
    /// counts as 6.
    /// </summary>
    public const int MaxJsonValues = 1_000_000;
}
