using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Emulator.Tests.Server;

/// <summary>What each fault looks like to the SDK, and how many requests it costs.</summary>
public class ResponseSenderTests
{
    [Theory]
    [InlineData("status-400", typeof(CCApiBadRequestException), 1)]
    [InlineData("status-401", typeof(CCApiUnauthorizedException), 1)]
    [InlineData("status-402", typeof(CCApiBillingException), 1)]
    [InlineData("status-403", typeof(CCApiPermissionException), 1)]
    [InlineData("status-404", typeof(CCApiNotFoundException), 1)]
    [InlineData("status-408", typeof(CCApiException), 3)]
    [InlineData("status-409", typeof(CCApiException), 1)]
    [InlineData("status-413", typeof(CCApiBadRequestException), 1)]
    [InlineData("status-422", typeof(CCApiBadRequestException), 1)]
    [InlineData("status-429", typeof(CCApiRateLimitException), 3)]
    [InlineData("status-500", typeof(CCApiServerException), 3)]
    [InlineData("status-502", typeof(CCApiServerException), 3)]
    [InlineData("status-503", typeof(CCApiServerException), 3)]
    [InlineData("status-504", typeof(CCApiServerException), 1)]
    [InlineData("status-520", typeof(CCApiServerException), 1)]
    [InlineData("status-524", typeof(CCApiServerException), 1)]
    [InlineData("status-529", typeof(CCApiServerException), 3)]
    [InlineData("reset", typeof(CCApiConnectionException), 1)]
    [InlineData("cut", typeof(CCApiConnectionException), 1)]
    [InlineData("stall", typeof(CCApiTimeoutException), 1)]
    [InlineData("html", typeof(CCApiProtocolException), 1)]
    [InlineData("hidden", typeof(CCApiServerException), 3)]
    [InlineData("truncated", typeof(CCApiProtocolException), 1)]
    public async Task Fault_OfAPlainResponse_IsTheExceptionAndTheAttempts(string fault, Type exception, int requests)
    {
        await using var world = await World.StartAsync();
        var time = new FakeTimeProvider();
        using var client = Client(world, time, fault);

        var thrown = await Record.ExceptionAsync(() => time.RunAsync(client.Chat.CompleteAsync($"emulator/{fault}", "Hello", cancellationToken: World.Token)));

        Assert.Equal((exception, requests), (thrown?.GetType(), await world.CountRequestsAsync()));
    }

    [Theory]
    [InlineData("status-400", typeof(CCApiBadRequestException), 1)]
    [InlineData("status-503", typeof(CCApiServerException), 3)]
    [InlineData("status-504", typeof(CCApiServerException), 1)]
    [InlineData("reset", typeof(CCApiConnectionException), 1)]
    [InlineData("cut", typeof(CCApiStreamException), 1)]
    [InlineData("stall", typeof(CCApiTimeoutException), 1)]
    [InlineData("html", typeof(CCApiProtocolException), 1)]
    [InlineData("hidden", typeof(CCApiServerException), 1)]
    [InlineData("truncated", null, 1)]
    public async Task Fault_OfAStream_IsTheExceptionAndTheAttempts(string fault, Type? exception, int requests)
    {
        await using var world = await World.StartAsync();
        var time = new FakeTimeProvider();
        using var client = Client(world, time, fault);
        await using var stream = client.Chat.StreamAsync($"emulator/{fault}", "Hello", cancellationToken: World.Token);

        var thrown = await Record.ExceptionAsync(() => time.RunAsync(stream.GetResponseAsync(World.Token)));

        Assert.Equal((exception, requests), (thrown?.GetType(), await world.CountRequestsAsync()));
    }

    [Fact]
    public async Task Cut_OfAStream_KeepsWhatCameBefore()
    {
        await using var world = await World.StartAsync();
        await using var stream = world.Client.Chat.StreamAsync("emulator/cut", "Hello", cancellationToken: World.Token);

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => stream.GetResponseAsync(World.Token));

        Assert.StartsWith("Hello", exception.PartialResponse!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truncated_OfAStream_IsTruncated()
    {
        await using var world = await World.StartAsync();
        await using var stream = world.Client.Chat.StreamAsync("emulator/truncated", "Hello", cancellationToken: World.Token);

        var response = await stream.GetResponseAsync(World.Token);

        Assert.True(response.IsTruncated);
        Assert.StartsWith("Hello", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stall_OfAStream_RunsOutOfTheIdleBudget()
    {
        await using var world = await World.StartAsync();
        var time = new FakeTimeProvider();
        using var client = Client(world, time, "stall");
        await using var stream = client.Chat.StreamAsync("emulator/stall", "Hello", cancellationToken: World.Token);

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => time.RunAsync(stream.GetResponseAsync(World.Token)));

        Assert.Equal(CCApiTimeoutKind.Idle, exception.Kind);
    }

    [Fact]
    public async Task Status_429_ReportsRetryAfter()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(429, TimeSpan.FromSeconds(90)));

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => world.Client.Catalog.ListModelsAsync(cancellationToken: World.Token));

        Assert.Equal(TimeSpan.FromSeconds(90), exception.RetryAfter);
    }

    /// <summary>Only the budget that must run out is finite, because the clock runs ahead of the socket.</summary>
    private static CCApiClient Client(World world, FakeTimeProvider time, string fault) => world.Emulator.CreateClient(options =>
    {
        options.TimeProvider = time;
        (options.Timeouts.Connect, options.Timeouts.Attempt, options.Timeouts.Total, options.Timeouts.FirstChunk) =
            (Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        options.Timeouts.NextChunk = Timeout.InfiniteTimeSpan;
        options.Timeouts.Idle = fault == "stall" ? TimeSpan.FromMinutes(1) : Timeout.InfiniteTimeSpan;
    });
}
