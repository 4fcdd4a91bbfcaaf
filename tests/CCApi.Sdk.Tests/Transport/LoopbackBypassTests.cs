using System;
using System.Net;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class LoopbackBypassTests
{
    private static readonly Uri _proxy = new("http://proxy.test:3128/");

    [Theory]
    [InlineData("http://localhost:5000/v1/")]
    [InlineData("http://127.0.0.1:5000/v1/")]
    [InlineData("http://127.9.8.7/v1/")]
    [InlineData("http://[::1]:5000/v1/")]
    [InlineData("https://localhost/v1/")]
    public void GetProxy_OfThisMachine_IsNone(string address)
    {
        var bypass = new LoopbackBypass(() => new WebProxy(_proxy));

        Assert.True(bypass.IsBypassed(new Uri(address)));
        Assert.Null(bypass.GetProxy(new Uri(address)));
    }

    [Theory]
    [InlineData("https://gateway.test/v1/")]
    [InlineData("http://localhost.evil.test/")]
    [InlineData("http://192.168.1.7/")]
    public void GetProxy_OfAnotherMachine_IsTheSystems(string address)
    {
        var bypass = new LoopbackBypass(() => new WebProxy(_proxy));

        Assert.False(bypass.IsBypassed(new Uri(address)));
        Assert.Equal(_proxy, bypass.GetProxy(new Uri(address)));
    }

    [Fact]
    public void GetProxy_OfWhatTheSystemExempts_IsNone()
    {
        var bypass = new LoopbackBypass(() => new WebProxy(_proxy, BypassOnLocal: false, ["gateway\\.test"]));

        Assert.True(bypass.IsBypassed(new Uri("https://gateway.test/v1/")));
        Assert.Null(bypass.GetProxy(new Uri("https://gateway.test/v1/")));
    }

    [Fact]
    public void GetProxy_WithoutAProxy_IsNone()
    {
        var bypass = new LoopbackBypass(() => null);

        Assert.True(bypass.IsBypassed(new Uri("https://gateway.test/v1/")));
        Assert.Null(bypass.GetProxy(new Uri("https://gateway.test/v1/")));
        Assert.Null(bypass.Credentials);
    }

    [Fact]
    public void Credentials_AreThoseOfTheSystem()
    {
        var credentials = new NetworkCredential("a", "b");
        var bypass = new LoopbackBypass(() => new WebProxy(_proxy) { Credentials = credentials });

        Assert.Same(credentials, bypass.Credentials);
        var exception = Assert.Throws<NotSupportedException>(() => bypass.Credentials = null);
        Assert.Equal("The credentials are those of the system's proxy.", exception.Message);
    }
}
