using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using CCApi.Emulator;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.RateLimitTests;

/// <summary>A client with a limiter beside an emulator with the same limit, over a socket. Both have one clock, which the test moves.</summary>
public class TierTests
{
    private const int PerMinute = 60;

    [Fact]
    public async Task CompleteAsync_OverTenMinutes_IsNeverOverTheLimit()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 3, 10, 0, 0, TimeSpan.Zero));
        await using var emulator = await CCApiEmulator.StartAsync(
            new CCApiEmulatorOptions { TimeProvider = clock, RequestsPerMinute = PerMinute, Credits = 1000 }, TestContext.Current.CancellationToken);
        using var limiter = CCApiRateLimiters.Create(new CCApiRateLimiterOptions { RequestsPerMinute = PerMinute, MaxConcurrency = 4, TimeProvider = clock });
        using var client = emulator.CreateClient(options =>
        {
            options.RateLimiter = limiter;
            options.TimeProvider = clock;
            options.Retry.MaxRetries = 0;
            options.Timeouts.Total = TimeSpan.FromHours(1);
        });

        // Ten minutes hold ten times the limit and what the first minute allows at once.
        var start = clock.GetTimestamp();
        var calls = Enumerable.Range(0, 10 * PerMinute).Select(_ => client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hi")).ToList();
        while (calls.Exists(call => !call.IsCompleted))
        {
            await SettleAsync(limiter, calls);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        // The emulator rejects what is over the limit: each call succeeded at its first attempt.
        var responses = await Task.WhenAll(calls);
        Assert.All(responses, response => Assert.Single(response.Info!.Attempts));
        Assert.InRange(clock.GetElapsedTime(start), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10.2));
        Assert.InRange(MostInAMinute(emulator.Ledger.Charges), PerMinute * 0.9, PerMinute);
    }

    [Fact]
    public async Task StreamAsync_OfMoreThanTheLimit_HasNeverMoreOpenThanIt()
    {
        await using var emulator = await CCApiEmulator.StartAsync(
            new CCApiEmulatorOptions { Latency = TimeSpan.FromMilliseconds(5), Credits = 1000 }, TestContext.Current.CancellationToken);
        using var limiter = CCApiRateLimiters.Create(new CCApiRateLimiterOptions { RequestsPerMinute = 1000, MaxConcurrency = 2 });
        using var client = emulator.CreateClient(options => options.RateLimiter = limiter);
        var (open, most) = (0, 0);
        var gate = new object();

        async Task ReadAsync()
        {
            var isFirst = true;
            await foreach (var chunk in client.Chat.StreamAsync("openai/gpt-4o-mini", "Explain the tides."))
            {
                lock (gate)
                {
                    open += isFirst ? 1 : 0;
                    isFirst = false;
                    most = Math.Max(most, open);
                }
            }

            lock (gate)
            {
                open--;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ReadAsync()));

        // The lease ends just before the loop does: the next stream may have begun by then.
        Assert.InRange(most, 2, 4);
        Assert.Equal(2, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    /// <summary>Waits until nothing is under way: the clock may move on.</summary>
    private static async Task SettleAsync(RateLimiter limiter, List<Task<Models.ChatCompletionResponse>> calls)
    {
        while (true)
        {
            var finished = calls.Count(call => call.IsCompleted);
            var granted = limiter.GetStatistics()!.TotalSuccessfulLeases;
            if (finished == granted)
            {
                return;
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    private static int MostInAMinute(IReadOnlyList<EmulatorCharge> charges)
    {
        var times = charges.Select(charge => charge.Time).Order().ToList();
        return times.Max(first => times.Count(time => time >= first && time < first + TimeSpan.FromMinutes(1)));
    }
}
