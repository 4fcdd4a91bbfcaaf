using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests;

public class CCApiEmulatorTests
{
    [Fact]
    public async Task StartAsync_WithoutOptions_ListensOnLoopback()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);

        Assert.Matches(@"^http://127\.0\.0\.1:\d+/v1/$", emulator.BaseAddress.AbsoluteUri);
    }

    [Fact]
    public async Task StartAsync_OnATakenPort_ThrowsIOException()
    {
        await using var first = await CCApiEmulator.StartAsync(cancellationToken: World.Token);

        var exception = await Record.ExceptionAsync(() => CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Port = first.BaseAddress.Port }, World.Token));

        Assert.IsAssignableFrom<IOException>(exception);
    }

    [Fact]
    public async Task StartAsync_Twice_GivesTwoWorldsWithTheirOwnLedgers()
    {
        await using var first = await World.StartAsync();
        await using var second = await World.StartAsync();

        await first.ChatAsync("Hello");

        Assert.Equal((1, 0), (first.Emulator.Ledger.Charges.Count, second.Emulator.Ledger.Charges.Count));
    }

    [Fact]
    public async Task StartAsync_WithChangesToItsOptionsLater_IgnoresThem()
    {
        var options = new CCApiEmulatorOptions { ApiKey = "sk-first" };
        await using var emulator = await CCApiEmulator.StartAsync(options, World.Token);

        options.ApiKey = "sk-second";

        Assert.Equal("sk-first", emulator.ApiKey);
    }

    [Fact]
    public async Task StartAsync_InAProgramWithServerSettings_IgnoresThem()
    {
        Environment.SetEnvironmentVariable("Kestrel__Endpoints__Other__Url", "http://127.0.0.1:0");
        var exception = await Record.ExceptionAsync(async () => await (await CCApiEmulator.StartAsync(cancellationToken: World.Token)).DisposeAsync());
        Environment.SetEnvironmentVariable("Kestrel__Endpoints__Other__Url", null);

        Assert.Null(exception);
    }

    [Fact]
    public async Task StartAsync_WithTheSameSeed_GivesTheSameResponses()
    {
        await using var first = await World.StartAsync(options => options.Seed = 7);
        await using var second = await World.StartAsync(options => options.Seed = 7);

        var responses = new[] { await first.ChatAsync("Plan a bakery launch."), await second.ChatAsync("Plan a bakery launch.") };

        Assert.Equal(responses[0].Text, responses[1].Text);
    }

    [Fact]
    public async Task StartAsync_WithSeveralSeeds_GivesSeveralResponses()
    {
        var texts = new ConcurrentBag<string?>();
        foreach (var seed in Enumerable.Range(1, 6))
        {
            await using var world = await World.StartAsync(options => options.Seed = seed);
            texts.Add((await world.ChatAsync("Plan a bakery launch.")).Content);
        }

        Assert.True(texts.Distinct().Count() > 1);
    }

    [Fact]
    public async Task Responses_WithLatency_StillFollowTheContract()
    {
        await using var world = await World.StartAsync(options => options.Latency = TimeSpan.FromMilliseconds(1));

        var responding = world.ChatAsync("Hello", "\"stream\":true");
        await world.Time.RunAsync(responding);

        Assert.Equal("[DONE]", (await responding).Events[^1]);
    }

    [Fact]
    public async Task Log_OfARequest_ContainsMethodPathStatusAndModelInOneLine()
    {
        var line = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var world = await World.StartAsync(options => options.Log = text => line.TrySetResult(text));

        await world.ChatAsync("Hello");

        Assert.Matches(@"^POST /v1/chat/completions 200 openai/gpt-4o-mini \d+ ms$", await line.Task.WaitAsync(World.Patience, World.Token));
    }

    [Fact]
    public async Task Log_OfAPathWithALineBreak_IsOneLine()
    {
        var line = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var world = await World.StartAsync(options => options.Log = text => line.TrySetResult(text));

        await world.GetAsync("providers/open%0Aai");

        Assert.DoesNotContain('\n', await line.Task.WaitAsync(World.Patience, World.Token));
    }

    [Fact]
    public async Task CreateClient_WithSettings_KeepsAddressAndKey()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);

        using var client = emulator.CreateClient(options => options.UserAgent = "test/1");
        var models = await client.Catalog.ListModelsAsync(cancellationToken: World.Token);

        Assert.NotEmpty(models.Data!);
    }

    [Fact]
    public async Task DisposeAsync_OfAnEmulator_FreesThePort()
    {
        var world = await World.StartAsync();
        await world.DisposeAsync();

        using var listener = new TcpListener(IPAddress.Loopback, world.Emulator.BaseAddress.Port);
        var exception = Record.Exception(listener.Start);

        Assert.Null(exception);
    }

    [Fact]
    public async Task DisposeAsync_Twice_DoesNothing()
    {
        var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);
        await emulator.DisposeAsync();

        var exception = await Record.ExceptionAsync(async () => await emulator.DisposeAsync());

        Assert.Null(exception);
    }

    [Fact]
    public async Task DisposeAsync_DuringAStream_CutsIt()
    {
        await using var world = await World.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("chat/completions", UriKind.Relative))
        {
            Content = new StringContent(Body.Chat("Hello", "\"stream\":true", "emulator/stall")),
        };
        using var response = await world.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, World.Token);
        var reading = response.Content.ReadAsStringAsync(World.Token);

        await world.Emulator.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => reading.WaitAsync(World.Patience, World.Token));
    }
}
