using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;

namespace CCApi.Sdk.WireMockTests;

/// <summary>What a web server cannot be made to do: connections that are rejected, reset or aborted.</summary>
public class BrokenConnectionTests
{
    [Fact]
    public async Task Complete_OfAPortWhereNobodyListens_IsTriedAgainBecauseNothingWasSent()
    {
        using var client = CreateClient(UnusedPort());

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => client.Chat.CompleteAsync("m", "p"));

        Assert.False(exception.MayHaveBeenSent);
        Assert.Equal(3, exception.Attempts.Count);
    }

    [Fact]
    public async Task Complete_OfAConnectionLostAfterSending_IsNotTriedAgain()
    {
        using var server = new RawServer("");
        using var client = CreateClient(server.Port);

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => client.Chat.CompleteAsync("m", "p"));

        Assert.True(exception.MayHaveBeenSent);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Complete_OfAConnectionLostAfterSending_IsTriedAgainWhenAllowed()
    {
        using var server = new RawServer("");
        using var client = CreateClient(server.Port);

        await Assert.ThrowsAsync<CCApiConnectionException>(() => client.Chat.CompleteAsync("m", "p", new CCApiRequestOptions { RetryPossiblyCharged = true }));

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task ListModels_OfAConnectionLostAfterSending_IsTriedAgain()
    {
        using var server = new RawServer("HTTP/1.1 200 O");
        using var client = CreateClient(server.Port);

        await Assert.ThrowsAsync<CCApiConnectionException>(() => client.Catalog.ListModelsAsync());

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task ListModels_TruncatedBody_IsAConnectionError()
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"data\":[");
        using var client = CreateClient(server.Port);

        await Assert.ThrowsAsync<CCApiConnectionException>(() => client.Catalog.ListModelsAsync());

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Stream_OfABodyThatJustEnds_IsTruncatedAndNoError()
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"One\"}}]}\n\ndata: {\"cho");
        using var client = CreateClient(server.Port);
        await using var stream = client.Chat.StreamAsync("m", "p");

        var response = await stream.GetResponseAsync();

        Assert.Equal("One", response.Text);
        Assert.True(response.IsTruncated);
    }

    private static CCApiClient CreateClient(int port)
    {
        var options = new CCApiClientOptions { ApiKey = "sk-test", BaseAddress = new Uri($"http://127.0.0.1:{port}/v1") };
        options.Retry.BaseDelay = TimeSpan.Zero;
        return new CCApiClient(options);
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
