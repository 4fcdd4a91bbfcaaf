using System.Net.Http;
#if NETSTANDARD2_0
using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
#endif

namespace CCApi.Sdk;

/// <summary>Decides from the platform's exception whether a request can have reached the gateway.</summary>
internal static class ConnectionFailure
{
    /// <summary>Whether no byte of the request was sent, so that nothing can have been charged.</summary>
    public static bool IsBeforeSending(HttpRequestException exception)
    {
#if NETSTANDARD2_0
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (IsRejectedByProxy(cause))
            {
                return true;
            }

            if (cause is WebException web)
            {
                return web.Status is WebExceptionStatus.ConnectFailure
                    or WebExceptionStatus.NameResolutionFailure
                    or WebExceptionStatus.ProxyNameResolutionFailure
                    or WebExceptionStatus.SecureChannelFailure or WebExceptionStatus.TrustFailure;
            }

            // Reading or writing on a connection that had been established.
            if (cause is IOException)
            {
                return false;
            }

            if (cause is SocketException socket)
            {
                return socket.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable
                    or SocketError.NetworkUnreachable or SocketError.TryAgain or SocketError.NoData;
            }
        }

        return false;
#else
        return exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
#endif
    }

#if NETSTANDARD2_0
    /// <summary>
    /// Whether a proxy demanded credentials (407), so that there was no tunnel to send through. The frameworks report that in two
    /// ways.
    /// </summary>
    private static bool IsRejectedByProxy(Exception cause)
    {
        var isStatus = cause is WebException { Response: HttpWebResponse { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } };
        return isStatus || cause.Message.IndexOf("(407)", StringComparison.Ordinal) >= 0
            || cause.Message.IndexOf("'407'", StringComparison.Ordinal) >= 0;
    }
#endif
}
