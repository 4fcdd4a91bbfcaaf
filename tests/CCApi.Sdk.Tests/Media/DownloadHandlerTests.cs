using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

public class DownloadHandlerTests
{
    [Theory]
    [InlineData("https://media.test:9/a.png")]
    [InlineData("https://127.0.0.1:9/a.png")]
    [InlineData("https://localhost:9/a.png")]
    [InlineData("https://[::1]:9/a.png")]
    [InlineData("https://[::ffff:127.0.0.1]:9/a.png")]
    [InlineData("https://2130706433:9/a.png")]
    public async Task Download_FromAPrivateAddress_IsRejectedOnce(string url)
    {
        var options = new CCApiClientOptions { ApiKey = "sk-a", BaseAddress = new Uri("https://gateway.test/v1/") };
        using var http = new HttpClient(DownloadHandler.Create(options, new DownloadGuard(options.BaseAddress, ResolveAsync)));
        var transport = new CCApiTransport(options, () => throw new InvalidOperationException("not a download"), downloadClient: () => http);

        var exception = await Assert.ThrowsAsync<CCApiDownloadException>(() => Downloads.OpenAsync(transport, url, options: null, CancellationToken.None));

        Assert.Contains("AllowDownload", exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsTransient);
        Assert.Single(exception.Attempts);
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Task.FromResult(new[]
    {
        host switch
        {
            "gateway.test" => IPAddress.Parse("1.0.0.1"),
            "media.test" => IPAddress.Parse("10.0.0.1"),
            "localhost" => IPAddress.Loopback,
            _ => IPAddress.Parse(host),
        },
    });

#if !NETFRAMEWORK
    [Fact]
    public void Create_OfTheDefaults_FollowsNothingAndKeepsNothing()
    {
        using var handler = (SocketsHttpHandler)DownloadHandler.Create(new CCApiClientOptions());

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Null(handler.ActivityHeadersPropagator);
        Assert.NotNull(handler.ConnectCallback);
    }

    [Fact]
    public void Create_WithADecisionOfTheCaller_LeavesItToThat()
    {
        using var handler = (SocketsHttpHandler)DownloadHandler.Create(new CCApiClientOptions { AllowDownload = _ => true });

        Assert.Null(handler.ActivityHeadersPropagator);
        Assert.Null(handler.ConnectCallback);
    }

    [Fact]
    public void CreateClient_HasNoTimeoutOfItsOwn()
    {
        using var client = DownloadHandler.CreateClient(new CCApiClientOptions());

        Assert.Equal(Timeout.InfiniteTimeSpan, client.Timeout);
        Assert.Empty(client.DefaultRequestHeaders);
    }
#endif
}
