using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using Garnet;
using RedisRateLimiting;
using StackExchange.Redis;
using Xunit;

namespace CCApi.Sdk.RateLimitTests;

/// <summary>A limit that several clients share through a server: two of one process here. docs/rate-limits.md has the recipe.</summary>
public sealed class RedisTests : IAsyncLifetime
{
    private GarnetServer? _server;
    private IConnectionMultiplexer? _redis;

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        _server = new GarnetServer(["--port", $"{port}", "--bind", "127.0.0.1", "--lua", "--quiet"]);
        _server.Start();
        _redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        _server?.Dispose();
    }

    [Fact]
    public async Task CompleteAsync_OfTwoClientsThatShareAWindow_SendsWhatItAllows()
    {
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Credits = 1000 }, TestContext.Current.CancellationToken);
        using var first = Client(emulator);
        using var second = Client(emulator);

        var calls = Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? first : second).Chat.CompleteAsync("openai/gpt-4o-mini", "Hi")).ToList();
        await Task.WhenAll(calls.Select(call => call.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));

        var failures = calls.Where(call => call.IsFaulted).Select(call => call.Exception!.InnerException).ToList();
        Assert.Equal(6, calls.Count(call => call.IsCompletedSuccessfully));
        Assert.All(failures, failure => Assert.IsType<CCApiRateLimitException>(failure));
        Assert.Equal(6, emulator.Ledger.Count);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private CCApiClient Client(CCApiEmulator emulator) => emulator.CreateClient(options =>
    {
        options.Retry.MaxRetries = 0;
        options.RateLimiter = new RedisFixedWindowRateLimiter<string>("ccapi:key-1", new RedisFixedWindowRateLimiterOptions
        {
            ConnectionMultiplexerFactory = () => _redis!,
            PermitLimit = 6,
            Window = TimeSpan.FromMinutes(1),
        });
    });
}
