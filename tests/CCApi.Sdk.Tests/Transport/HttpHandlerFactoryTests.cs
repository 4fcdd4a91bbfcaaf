#if !NETFRAMEWORK
using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

[Collection(nameof(Support.EnvironmentTests))]
public class HttpHandlerFactoryTests
{
    [Fact]
    public void Create_OfTheDefaults_FollowsNothingAndKeepsNothing()
    {
        using var handler = (SocketsHttpHandler)HttpHandlerFactory.Create(new CCApiTimeoutOptions());

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Equal(DecompressionMethods.All, handler.AutomaticDecompression);
        Assert.Equal(CCApiDefaults.ConnectTimeout, handler.ConnectTimeout);
        Assert.Equal(int.MaxValue, handler.MaxConnectionsPerServer);
        Assert.Equal(TimeSpan.FromMinutes(5), handler.PooledConnectionLifetime);
    }

    [Fact]
    public void Create_OfTheDefaults_UsesNoProxyForThisMachine()
    {
        using var handler = (SocketsHttpHandler)HttpHandlerFactory.Create(new CCApiTimeoutOptions());

        Assert.True(handler.UseProxy);
        Assert.True(handler.Proxy!.IsBypassed(new Uri("http://localhost:5000/v1/")));
    }

    [Fact]
    public void Create_OfTheDefaults_UsesTheProxyOfTheSystemElsewhere()
    {
        var before = HttpClient.DefaultProxy;
        using var handler = (SocketsHttpHandler)HttpHandlerFactory.Create(new CCApiTimeoutOptions());

        try
        {
            HttpClient.DefaultProxy = new WebProxy("http://proxy.test:3128/");

            Assert.Equal(new Uri("http://proxy.test:3128/"), handler.Proxy!.GetProxy(new Uri("https://gateway.test/")));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public void Create_OfEndlessBudgets_ConnectsWithoutALimit()
    {
        using var endless = (SocketsHttpHandler)HttpHandlerFactory.Create(new CCApiTimeoutOptions { Connect = Timeout.InfiniteTimeSpan });
        using var longest = (SocketsHttpHandler)HttpHandlerFactory.Create(new CCApiTimeoutOptions { Connect = TimeSpan.MaxValue });

        Assert.Equal(Timeout.InfiniteTimeSpan, endless.ConnectTimeout);
        Assert.Equal(Timeout.InfiniteTimeSpan, longest.ConnectTimeout);
    }

    [Fact]
    public void CreateClient_HasNoTimeoutOfItsOwn()
    {
        using var client = HttpHandlerFactory.CreateClient(new CCApiClientOptions());

        Assert.Equal(Timeout.InfiniteTimeSpan, client.Timeout);
    }
}
#endif
