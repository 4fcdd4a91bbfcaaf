#if !NETSTANDARD2_0
using System;
#endif
using System.Diagnostics;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Creates the handler of downloads: no header, handler, cookie or credential of the API's client may reach another host, and
/// neither may the trace or the baggage of the caller.
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
        var isGuarded = options.AllowDownload is null;

#if NETSTANDARD2_0
        if (isGuarded)
        {
            handler = new GuardedHandler(guard ?? new DownloadGuard(options.BaseAddress), handler);
        }

        return new UntracedHandler(handler);
#else
        if (OperatingSystem.IsBrowser() || handler is not SocketsHttpHandler sockets)
        {
            // A browser resolves names and connects by itself, under its own rules.
            return new UntracedHandler(handler);
        }

        // A propagator without output would not do: what listens to the events of HttpClient may add headers as well, such as
        // OpenTelemetry.Instrumentation.Http. Without a propagator there are neither events nor spans.
        sockets.ActivityHeadersPropagator = null;
        if (isGuarded)
        {
            sockets.ConnectCallback = (guard ?? new DownloadGuard(options.BaseAddress)).ConnectAsync;
        }

        return sockets;
#endif
    }

    /// <summary>
    /// Sends without a current span, where the handler cannot be configured: what a platform sends by itself is then not of the
    /// caller.
    /// </summary>
    private sealed class UntracedHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Activity.Current = null;

            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
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
