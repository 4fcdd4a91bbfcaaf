using System;
using System.Linq;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using CCApi.Emulator;
using RedisRateLimiting;
using StackExchange.Redis;
using Xunit;

namespace CCApi.Sdk.RateLimitTests;

/// <summary>The limiters of RedisRateLimiting, as docs/rate-limits.md shows them, over a server in this process.</summary>
public sealed class RedisTests : IAsyncDisposable
{
    private const int PerMinute = 20;

    private readonly RedisServer _redis = RedisServer.Start();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task CompleteAsync_OfTwoClientsWithALimiterInRedis_SharesItsLimit()
    {
        await using var emulator = await CCApiEmulator.StartAsync(
            new CCApiEmulatorOptions { RequestsPerMinute = PerMinute, Credits = 1000 }, TestContext.Current.CancellationToken);

        // Each client is like one of another process: its connection and its limiter are its own, and only the server is shared.
        await using var first = await ConnectAsync();
        await using var second = await ConnectAsync();
        using var firstLimiter = LimiterOf(first);
        using var secondLimiter = LimiterOf(second);
        using var firstClient = ClientOf(emulator, firstLimiter);
        using var secondClient = ClientOf(emulator, secondLimiter);

        var calls = Enumerable.Range(0, 2 * PerMinute).Select(number => CallAsync(number % 2 == 0 ? firstClient : secondClient));
        var failures = await Task.WhenAll(calls);

        Assert.Equal(PerMinute, failures.Count(failure => failure is null));
        Assert.All(failures.OfType<CCApiException>(), failure =>
        {
            Assert.IsType<CCApiRateLimitException>(failure);
            Assert.Null(failure.StatusCode);
        });
        Assert.Equal(PerMinute, emulator.Requests.Count);
    }

    [Fact]
    public async Task CompleteAsync_OfALimiterWhoseServerIsGone_NamesItAndSendsNothing()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var connection = await ConnectAsync(timeout: TimeSpan.FromMilliseconds(200));
        using var limiter = LimiterOf(connection);
        using var client = ClientOf(emulator, limiter);
        await _redis.DisposeAsync();

        var exception = await CallAsync(client);

        Assert.Contains("Redis", exception!.Message, StringComparison.Ordinal);
        Assert.Empty(emulator.Requests);
    }

    private static CCApiClient ClientOf(CCApiEmulator emulator, RateLimiter limiter) => emulator.CreateClient(options =>
    {
        options.RateLimiter = limiter;
        options.Retry.MaxRetries = 0;
    });

    private static RedisFixedWindowRateLimiter<string> LimiterOf(IConnectionMultiplexer connection) => new(
        "ccapi:key-1",
        new RedisFixedWindowRateLimiterOptions
        {
            ConnectionMultiplexerFactory = () => connection,
            PermitLimit = PerMinute,
            Window = TimeSpan.FromMinutes(1),
        });

    private static async Task<CCApiException?> CallAsync(CCApiClient client)
    {
        try
        {
            await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hi");
            return null;
        }
        catch (CCApiException exception)
        {
            return exception;
        }
    }

    private Task<ConnectionMultiplexer> ConnectAsync(TimeSpan? timeout = null)
    {
        var options = ConfigurationOptions.Parse(_redis.Configuration);
        options.AsyncTimeout = (int)(timeout?.TotalMilliseconds ?? options.AsyncTimeout);
        options.SyncTimeout = options.AsyncTimeout;
        return ConnectionMultiplexer.ConnectAsync(options);
    }
}
