using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Billing;

public class AccountsTests
{
    [Fact]
    public async Task Charge_WithTheSameIdempotencyKey_IsMadeOnce()
    {
        await using var world = await World.StartAsync();

        var responses = new[] { await world.PostAsync("chat/completions", Body.Chat("Hello"), "key-1"), await world.PostAsync("chat/completions", Body.Chat("Hello"), "key-1") };

        Assert.Equal(responses[0].Text, responses[1].Text);
        Assert.Single(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Charge_WithTheSameKeyAtTheSameTime_IsMadeOnce()
    {
        await using var world = await World.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => world.PostAsync("chat/completions", Body.Chat("Hello"), "key-1")));

        Assert.Single(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Charge_WithoutAKey_IsMadeEachTime()
    {
        await using var world = await World.StartAsync();

        await world.ChatAsync("Hello");
        await world.ChatAsync("Hello");

        Assert.Equal(2, world.Emulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task Charge_KeyOfAnotherBody_IsRejected()
    {
        await using var world = await World.StartAsync();
        await world.PostAsync("chat/completions", Body.Chat("Hello"), "key-1");

        var response = await world.PostAsync("chat/completions", Body.Chat("Goodbye"), "key-1");

        Assert.Equal((400, "Idempotency-Key"), (response.Status, response.Error["param"]!.GetValue<string>()));
        Assert.Single(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Charge_WithTheKeyOfARefundedCharge_IsMadeAgain()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(503));
        await world.PostAsync("chat/completions", Body.Chat("Hello"), "key-1");

        await world.PostAsync("chat/completions", Body.Chat("Hello"), "key-1");

        Assert.Equal([true, false], world.Emulator.Ledger.Charges.Select(charge => charge.IsRefunded));
    }

    [Fact]
    public async Task Charge_OfARetryThatMayHaveBeenCharged_IsMadeOnce()
    {
        await using var world = await World.StartAsync();
        using var client = world.Emulator.CreateClient(options => (options.Retry.BaseDelay, options.Retry.RetryPossiblyCharged) = (TimeSpan.Zero, true));
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(504));

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hello", cancellationToken: World.Token);

        Assert.Equal((2, 1), (response.Info!.Attempts.Count, world.Emulator.Ledger.Charges.Count));
    }

    [Fact]
    public async Task Admit_OfTooManyRequests_Answers429WithRetryAfter()
    {
        await using var world = await World.StartAsync(options => options.RequestsPerMinute = 2);
        await world.GetAsync("models");
        world.Time.Advance(TimeSpan.FromSeconds(20));
        await world.GetAsync("models");

        var response = await world.ChatAsync("Hello");

        Assert.Equal((429, "40", "rate_limit_exceeded"), (response.Status, response.Header("Retry-After"), response.Error["code"]!.GetValue<string>()));
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Admit_AfterTheWait_LetsTheNextRequestPass()
    {
        await using var world = await World.StartAsync(options => options.RequestsPerMinute = 1);
        await world.GetAsync("models");
        var rejected = await world.GetAsync("models");

        world.Time.Advance(TimeSpan.FromSeconds(int.Parse(rejected.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture)));
        var response = await world.GetAsync("models");

        Assert.Equal((429, 200), (rejected.Status, response.Status));
    }

    [Fact]
    public async Task Admit_WithALimit_ReportsTheLimits()
    {
        await using var world = await World.StartAsync(options => options.RequestsPerMinute = 3);

        var models = await world.Client.Catalog.ListModelsAsync(cancellationToken: World.Token);

        Assert.Equal((3, 2, "60s"), (models.Info!.RateLimits!.RequestLimit, models.Info.RateLimits.RequestsRemaining, models.Info.RateLimits.RequestsReset));
    }

    [Fact]
    public void Charge_OfMoreKeysThanItRemembers_ForgetsTheOldest()
    {
        var accounts = new Accounts(maxCharges: 1);
        var account = accounts.Add("sk-test", 1_000_000);
        var numbers = Enumerable.Range(0, Accounts.MaxIdempotencyKeys + 1).Select(i => Charge(i)).ToList();

        Assert.Equal(numbers[^1], Charge(Accounts.MaxIdempotencyKeys));
        Assert.Equal(numbers[1], Charge(1));
        Assert.Equal(numbers[^1] + 1, Charge(0));
        Assert.Equal(numbers[^1] + 2, Charge(1));

        int? Charge(int key) => accounts.Charge(
            account, new ChargeRequest(DateTimeOffset.UnixEpoch, "chat", "m", 1, $"key-{key}", "hash")).Charge;
    }
}
