#if !NETSTANDARD2_0
using System;
#endif
using System.Net.Http;
using System.Threading;
#if NETSTANDARD2_0
using System.Threading.Tasks;
#endif

namespace CCApi.Sdk;

/// <summary>
/// Creates the handler of downloads: no header, handler, cookie or credential of the API's client may reach another host.
/// </summary>
internal static class DownloadHandler
{
    public static HttpClient CreateClient(CCApiClientOptions options) =>
        new(Create(options), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="options">The options of the client.</param>
    /// <param name="guard">Decides about addresses; null for that of the options.</param>
    public static HttpMessageHandler Create(CCApiClientOptions options, DownloadGuard? guard = null)
    {
        var handler = HttpHandlerFactory.Create(options.Timeouts);
        if (options.AllowDownload is not null)
        {
            return handler;
        }

#if NETSTANDARD2_0
        return new GuardedHandler(guard ?? new DownloadGuard(options.BaseAddress), handler);
#else
        // A browser resolves names and connects by itself, under its own rules.
        if (!OperatingSystem.IsBrowser() && handler is SocketsHttpHandler sockets)
        {
            sockets.ConnectCallback = (guard ?? new DownloadGuard(options.BaseAddress)).ConnectAsync;
        }

        return handler;
#endif
    }

#if NETSTANDARD2_0
    /// <summary>Here the connection cannot be intercepted, so the check comes before it.</summary>
    private sealed class GuardedHandler(DownloadGuard guard, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await guard.AllowedAsync(request.RequestUri.IdnHost.Trim('[', ']'), cancellationToken).ConfigureAwait(false);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
#endif
}
