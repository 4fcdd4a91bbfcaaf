using System.Net;
using System.Net.Http;
using System.Threading;
#if !NETSTANDARD2_0
using System;
using System.Runtime.Versioning;
#endif

namespace CCApi.Sdk;

/// <summary>
/// Creates the handler of a client that has connections of its own: no redirects, no cookies, decompression on, no proxy to this
/// machine.
/// </summary>
internal static class HttpHandlerFactory
{
    public static HttpClient CreateClient(CCApiClientOptions options) =>
        new(Create(options.Timeouts), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

#if NETSTANDARD2_0
    public static HttpMessageHandler Create(CCApiTimeoutOptions timeouts) => new HttpClientHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        MaxConnectionsPerServer = int.MaxValue,
        Proxy = new LoopbackBypass(static () => WebRequest.DefaultWebProxy),
    };
#else
    /// <remarks>In a browser its own fetch makes the calls; it decompresses, connects and stores cookies as it likes.</remarks>
    public static HttpMessageHandler Create(CCApiTimeoutOptions timeouts) =>
        OperatingSystem.IsBrowser() ? new HttpClientHandler { AllowAutoRedirect = false } : CreateSockets(timeouts);

    [UnsupportedOSPlatform("browser")]
    private static SocketsHttpHandler CreateSockets(CCApiTimeoutOptions timeouts) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,

        // The platform rejects more than 24 days.
        ConnectTimeout = timeouts.Connect.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : timeouts.Connect,

        // Names are resolved again now and then, as IHttpClientFactory does it.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        Proxy = new LoopbackBypass(static () => HttpClient.DefaultProxy),
    };
#endif
}
