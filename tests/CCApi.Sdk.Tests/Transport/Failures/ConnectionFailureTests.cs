#if !NETFRAMEWORK
using System;
using System.Linq;
#endif
using System.Net.Http;
#if NETFRAMEWORK
using System.Net;
using System.Net.Sockets;
#endif
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class ConnectionFailureTests
{
#if NETFRAMEWORK
    [Theory]
    [InlineData(WebExceptionStatus.ConnectFailure, true)]
    [InlineData(WebExceptionStatus.NameResolutionFailure, true)]
    [InlineData(WebExceptionStatus.ProxyNameResolutionFailure, true)]
    [InlineData(WebExceptionStatus.SecureChannelFailure, true)]
    [InlineData(WebExceptionStatus.TrustFailure, true)]
    [InlineData(WebExceptionStatus.ReceiveFailure, false)]
    [InlineData(WebExceptionStatus.SendFailure, false)]
    [InlineData(WebExceptionStatus.ConnectionClosed, false)]
    public void IsBeforeSending_OfAWebException_IsTrueOnlyWithoutAConnection(WebExceptionStatus status, bool expected)
    {
        var exception = new HttpRequestException("failed", new WebException("failed", status));

        Assert.Equal(expected, ConnectionFailure.IsBeforeSending(exception));
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, true)]
    [InlineData(SocketError.HostNotFound, true)]
    [InlineData(SocketError.HostUnreachable, true)]
    [InlineData(SocketError.NetworkUnreachable, true)]
    [InlineData(SocketError.ConnectionReset, false)]
    public void IsBeforeSending_OfASocketException_IsTrueOnlyWithoutAConnection(SocketError error, bool expected)
    {
        var exception = new HttpRequestException("failed", new SocketException((int)error));

        Assert.Equal(expected, ConnectionFailure.IsBeforeSending(exception));
    }
    [Theory]
    [InlineData("The remote server returned an error: (407) Proxy Authentication Required.")]
    [InlineData("The proxy tunnel request to proxy 'http://127.0.0.1:8080/' failed with status code '407'.")]
    public void IsBeforeSending_OfAProxyThatDemandsCredentials_IsTrue(string message)
    {
        Assert.True(ConnectionFailure.IsBeforeSending(new HttpRequestException("failed", new WebException(message, WebExceptionStatus.ProtocolError))));
        Assert.True(ConnectionFailure.IsBeforeSending(new HttpRequestException(message)));
    }
#else
    [Fact]
    public void IsBeforeSending_OfEveryFault_IsTrueOnlyWithoutAConnection()
    {
        var before = Enum.GetValues<HttpRequestError>().Where(error => ConnectionFailure.IsBeforeSending(new HttpRequestException(error)));

        Assert.Equal(
            [HttpRequestError.NameResolutionError, HttpRequestError.ConnectionError, HttpRequestError.SecureConnectionError, HttpRequestError.ProxyTunnelError],
            before.OrderBy(error => error));
    }
#endif

    [Fact]
    public void IsBeforeSending_OfAnUnknownFault_IsFalse()
    {
        Assert.False(ConnectionFailure.IsBeforeSending(new HttpRequestException("failed")));
    }
}
