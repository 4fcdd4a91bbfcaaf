using System.Net;
using System.Net.Http;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>The handler of a client that has connections of its own: no redirects, no cookies, decompression on.</summary>
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
    };
#else
    public static HttpMessageHandler Create(CCApiTimeoutOptions timeouts) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,

        // The platform refuses more than 24 days.
        ConnectTimeout = timeouts.Connect.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : timeouts.Connect,

        // Names are looked up again now and then, as IHttpClientFactory does it.
        PooledConnectionLifetime = System.TimeSpan.FromMinutes(5),
    };
#endif
}
