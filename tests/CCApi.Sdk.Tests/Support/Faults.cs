using System.IO;
using System.Net.Http;
using System.Net.Sockets;

namespace CCApi.Sdk.Tests.Support;

/// <summary>What the platform throws when a connection fails.</summary>
internal static class Faults
{
    /// <summary>Nothing was sent.</summary>
    public static HttpRequestException ConnectionRefused()
    {
        var cause = new SocketException((int)SocketError.ConnectionRefused);
#if NETFRAMEWORK
        return new HttpRequestException("An error occurred while sending the request.", cause);
#else
        return new HttpRequestException(HttpRequestError.ConnectionError, "An error occurred while sending the request.", cause);
#endif
    }

    /// <summary>The connection broke after the request was sent.</summary>
    public static HttpRequestException Reset() =>
        new("An error occurred while sending the request.", new IOException("The response ended prematurely."));
}
