using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Emulator.Tests.Webhooks;

public class WebhookSenderTests
{
    [Theory]
    [InlineData("imaginepro/nano-banana", "completed")]
    [InlineData("emulator/job-failed", "failed")]
    [InlineData("emulator/job-cancelled", "cancelled")]
    public async Task Post_JobThatEnded_SendsTheStateThatPollingReturns(string model, string status)
    {
        await using var world = await World.StartAsync();
        await using var hooks = await HookServer.StartAsync(200);
        var id = await OrderAsync(world, new Uri(hooks.Address, "hooks/ccapi?secret=s3"), model);

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(world, () => world.Emulator.WebhookDeliveries.Count > 0);

        var call = Assert.Single(hooks.Calls);
        Assert.Equal(("POST /hooks/ccapi?secret=s3", "application/json; charset=utf-8", status), (call.Line, call.MediaType, JsonNode.Parse(call.Body)!["status"]!.GetValue<string>()));
        Assert.Equal((await world.GetAsync($"images/jobs/{id}")).Text, call.Body);
    }

    [Fact]
    public async Task Post_WhenItIsTaken_IsListed()
    {
        await using var world = await World.StartAsync();
        await using var hooks = await HookServer.StartAsync(204);
        var url = new Uri(hooks.Address, "hooks");
        var id = await OrderAsync(world, url);

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(world, () => world.Emulator.WebhookDeliveries.Count > 0);

        var delivery = Assert.Single(world.Emulator.WebhookDeliveries);
        Assert.Equal((url.AbsoluteUri, id, 1, 204, null), (delivery.Url, delivery.JobId, delivery.Attempt, delivery.Status, delivery.Problem));
    }

    [Fact]
    public async Task Post_OfAJobThatRuns_WaitsForItsEnd()
    {
        await using var world = await World.StartAsync();
        await using var hooks = await HookServer.StartAsync(200);
        var id = await OrderAsync(world, hooks.Address);

        world.Time.Advance(TimeSpan.FromSeconds(0.9));
        await world.GetAsync($"images/jobs/{id}");

        Assert.Empty(hooks.Calls);
    }

    [Fact]
    public async Task Post_OfAFastModel_IsSentToo()
    {
        await using var world = await World.StartAsync();
        await using var hooks = await HookServer.StartAsync(200);
        var id = await OrderAsync(world, hooks.Address, "google/nano-banana");

        await UntilAsync(world, () => world.Emulator.WebhookDeliveries.Count > 0);

        Assert.Equal(id, JsonNode.Parse(Assert.Single(hooks.Calls).Body)!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Post_Rejected_IsRetriedAfterGrowingDelays()
    {
        await using var world = await World.StartAsync();
        await using var hooks = await HookServer.StartAsync(500, 302, 200);
        await OrderAsync(world, hooks.Address);

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(world, () => world.Emulator.WebhookDeliveries is [.., { IsDelivered: true }]);

        var deliveries = world.Emulator.WebhookDeliveries;
        Assert.Equal([(1, 500), (2, 302), (3, 200)], deliveries.Select(delivery => (delivery.Attempt, delivery.Status)));
        Assert.True(deliveries[1].Time - deliveries[0].Time >= TimeSpan.FromSeconds(1));
        Assert.True(deliveries[2].Time - deliveries[1].Time >= TimeSpan.FromSeconds(4));
        Assert.DoesNotContain(hooks.Calls, call => call.Line.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_WhenItIsNeverTaken_GivesUp()
    {
        await using var world = await World.StartAsync();
        await using var hooks = await HookServer.StartAsync(503);
        await OrderAsync(world, hooks.Address);

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(world, () => world.Emulator.WebhookDeliveries.Count == 4);
        for (var i = 0; i < 100; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(60));
            await Task.Yield();
        }

        Assert.Equal(4, hooks.Calls.Count);
    }

    [Fact]
    public async Task Post_NobodyListens_ReportsTheProblem()
    {
        await using var world = await World.StartAsync();
        await OrderAsync(world, FreeAddress());

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(world, () => world.Emulator.WebhookDeliveries.Count == 4);

        Assert.All(world.Emulator.WebhookDeliveries, delivery => Assert.Equal((null, true), (delivery.Status, delivery.Problem!.Length > 0)));
    }

    [Fact]
    public async Task Post_WhenTheRequestFailedAfterAll_IsNotSent()
    {
        await using var world = await World.StartAsync();
        await using var hooks = await HookServer.StartAsync(200);
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(503), path: "/images/generate");
        var rejected = await world.PostAsync("images/generate", Order(hooks.Address));
        var id = await OrderAsync(world, hooks.Address);

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(world, () => world.Emulator.WebhookDeliveries.Count > 0);

        Assert.Equal((503, id), (rejected.Status, Assert.Single(world.Emulator.WebhookDeliveries).JobId));
    }

    [Fact]
    public async Task Post_InTheLog_LeavesTheQueryOut()
    {
        var lines = new ConcurrentQueue<string>();
        await using var world = await World.StartAsync(options => options.Log = lines.Enqueue);
        await using var hooks = await HookServer.StartAsync(200);
        await OrderAsync(world, new Uri(hooks.Address, "hooks?secret=s3"));

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(world, () => lines.Any(line => line.StartsWith("HOOK", StringComparison.Ordinal)));

        Assert.Equal($"HOOK {hooks.Address}hooks 200 attempt 1", lines.Last());
    }

    [Theory]
    [InlineData("hooks", "absolute")]
    [InlineData("ftp://127.0.0.1/hooks", "absolute")]
    [InlineData("https://example.com/hooks", "AllowRemoteWebhooks")]
    [InlineData("http://127.0.0.1.example.com/hooks", "AllowRemoteWebhooks")]
    [InlineData("http://192.168.0.1/hooks", "AllowRemoteWebhooks")]
    public async Task Read_OfAnAddressThatIsNotCalled_Is400(string url, string word)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("images/generate", $$"""{"contents":[{"text":"A fox"}],"webhook_url":"{{url}}"}""");

        Assert.Equal((400, "webhook_url"), (response.Status, response.Error["param"]!.GetValue<string>()));
        Assert.Contains(word, response.Error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Theory]
    [InlineData(false, "http://localhost:5000/hooks", true)]
    [InlineData(false, "http://[::1]:5000/hooks", true)]
    [InlineData(false, "https://example.com/hooks", false)]
    [InlineData(true, "https://example.com/hooks", true)]
    [InlineData(true, "file:///etc/hosts", false)]
    public async Task Read_OfAnAddress_AllowsOtherMachinesOnlyWithTheOption(bool allow, string url, bool isAllowed)
    {
        await using var sender = new WebhookSender(new CCApiEmulatorOptions { AllowRemoteWebhooks = allow });

        Assert.Equal(isAllowed, sender.Read(url).Url is not null);
    }

    [Fact]
    public async Task Post_ServerThatHangs_EndsEachAttemptAndRetries()
    {
        var time = new FakeTimeProvider();
        using var hanging = Hanging(out var url);
        await using var sender = new WebhookSender(new CCApiEmulatorOptions { TimeProvider = time }, TimeSpan.FromMilliseconds(50));

        sender.Post("job_1", url, "{}");
        await UntilAsync(time, () => sender.Deliveries.Count == 4);

        Assert.All(sender.Deliveries, delivery => Assert.Equal((null, "There was no response within 0.05 s."), (delivery.Status, delivery.Problem)));
    }

    [Fact]
    public async Task Post_BeyondMaxPending_IsRecordedAndNotSent()
    {
        var time = new FakeTimeProvider();
        await using var sender = new WebhookSender(new CCApiEmulatorOptions { TimeProvider = time });
        var url = FreeAddress();
        for (var i = 0; i < WebhookSender.MaxPending; i++)
        {
            sender.Post($"job_{i}", url, "{}");
        }

        // Each of the others is on its first attempt, or waits for the second until the clock is advanced.
        sender.Post("job_last", url, "{}");

        var rejected = Assert.Single(sender.Deliveries, delivery => delivery.JobId == "job_last");
        Assert.Equal((1, null, "It was not sent, because 256 webhooks are pending."), (rejected.Attempt, rejected.Status, rejected.Problem));

        // When the others have ended, there is room again.
        await UntilAsync(time, () => sender.Deliveries.Count == (4 * WebhookSender.MaxPending) + 1);
        await UntilAsync(time, () =>
        {
            sender.Post("job_later", url, "{}");
            return sender.Deliveries.Any(delivery => delivery is { JobId: "job_later", Attempt: 2 });
        });
    }

    [Fact]
    public async Task Post_BeyondMaxPendingCharacters_IsRecordedAndNotSent()
    {
        var time = new FakeTimeProvider();
        await using var sender = new WebhookSender(new CCApiEmulatorOptions { TimeProvider = time });
        var url = FreeAddress();
        sender.Post("job_1", url, new string(' ', (int)WebhookSender.MaxPendingCharacters - 1));

        sender.Post("job_2", url, "{}");

        var rejected = Assert.Single(sender.Deliveries, delivery => delivery.JobId == "job_2");
        Assert.Equal("It was not sent, because the pending webhooks would have more than 33554432 characters.", rejected.Problem);
    }

    [Fact]
    public async Task DisposeAsync_BetweenAttempts_EndsThem()
    {
        var world = await World.StartAsync();
        await OrderAsync(world, FreeAddress());
        world.Time.Advance(TimeSpan.FromSeconds(1));
        while (world.Emulator.WebhookDeliveries.Count == 0)
        {
            await Task.Yield();
        }

        await world.DisposeAsync().AsTask().WaitAsync(World.Patience, World.Token);

        Assert.Single(world.Emulator.WebhookDeliveries);
    }

    [Fact]
    public async Task Deliveries_OfMoreThanItRemembers_AreTheLatest()
    {
        await using var hooks = await HookServer.StartAsync(200);
        using var delivered = new SemaphoreSlim(0);
        await using var sender = new WebhookSender(new CCApiEmulatorOptions { Log = _ => delivered.Release() });

        for (var job = 0; job <= WebhookSender.MaxDeliveries; job++)
        {
            sender.Post($"job_{job}", hooks.Address, "{}");
            Assert.True(await delivered.WaitAsync(World.Patience, World.Token));
        }

        Assert.Equal(
            Enumerable.Range(1, WebhookSender.MaxDeliveries).Select(job => $"job_{job}"),
            sender.Deliveries.Select(delivery => delivery.JobId));
    }

    private static string Order(Uri hook, string model = "imaginepro/nano-banana") =>
        $$$"""{"model":"{{{model}}}","contents":[{"text":"A fox"}],"parameters":{"width":32,"height":32},"webhook_url":"{{{hook.AbsoluteUri}}}"}""";

    private static async Task<string> OrderAsync(World world, Uri hook, string model = "imaginepro/nano-banana") =>
        (await world.PostAsync("images/generate", Order(hook, model))).Json["id"]!.GetValue<string>();

    /// <summary>Lets the clock run until something is so.</summary>
    private static Task UntilAsync(World world, Func<bool> isSo) => UntilAsync(world.Time, isSo);

    private static async Task UntilAsync(FakeTimeProvider time, Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(World.Patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(0.25));
        }
    }

    /// <summary>A server that accepts connections and never responds.</summary>
    private static TcpListener Hanging(out Uri url)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hooks");
        return listener;
    }

    /// <summary>An address where nobody listens.</summary>
    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hooks");
    }
}
