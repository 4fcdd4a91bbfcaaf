using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Billing;

public class EmulatorLedgerTests
{
    [Fact]
    public async Task Charges_OfAChat_TellWhatTheAnswerCost()
    {
        await using var world = await World.StartAsync();

        var answer = await world.PostAsync("chat/completions", Body.Chat("Hello"), "key-1");

        var charge = Assert.Single(world.Emulator.Ledger.Charges);
        Assert.Equal(new EmulatorCharge(world.Time.GetUtcNow(), "POST /chat/completions", "openai/gpt-4o-mini", answer.Json["usage"]!["cost"]!.GetValue<decimal>(), false, "key-1"), charge);
    }

    [Fact]
    public async Task Charges_OfSpeech_AreWhatTheAnswerSays()
    {
        await using var world = await World.StartAsync();

        var answer = await world.PostAsync("audio/speech", Body.Speech("Hello"));

        Assert.Equal(answer.Json["credits_charged"]!.GetValue<decimal>(), world.Emulator.Ledger.Spent);
    }

    [Fact]
    public async Task Charges_OfThreeImages_AreThreeTimesThePrice()
    {
        await using var world = await World.StartAsync();

        await world.PostAsync("images/generations", Body.Image("A fox", "\"n\":3,\"size\":\"64x64\""));

        Assert.Equal(0.03m, world.Emulator.Ledger.Spent);
    }

    [Fact]
    public async Task Charges_OfReadingCalls_AreNone()
    {
        await using var world = await World.StartAsync();

        await world.GetAsync("models");

        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Balance_AfterACharge_IsWhatIsLeft()
    {
        await using var world = await World.StartAsync(options => options.Credits = 5m);

        await world.ChatAsync("Hello");

        Assert.Equal(5m - world.Emulator.Ledger.Spent, world.Emulator.Ledger.Balance);
        Assert.True(world.Emulator.Ledger.Spent > 0);
    }

    [Fact]
    public async Task Balance_TooSmall_IsAnsweredWith402AndNotCharged()
    {
        await using var world = await World.StartAsync(options => options.Credits = 0.02m);

        var answer = await world.PostAsync("images/generations", Body.Image("A fox", "\"n\":3"));

        Assert.Equal((402, "insufficient_funds"), (answer.Status, answer.Error["code"]!.GetValue<string>()));
        Assert.Equal((0.02m, 0), (world.Emulator.Ledger.Balance, world.Emulator.Ledger.Charges.Count));
    }

    [Fact]
    public async Task SetBalance_AfterA402_LetsTheNextRequestPass()
    {
        await using var world = await World.StartAsync(options => options.Credits = 0m);
        var refused = await world.ChatAsync("Hello");

        world.Emulator.Ledger.SetBalance(1m);
        var answer = await world.ChatAsync("Hello");

        Assert.Equal((402, 200), (refused.Status, answer.Status));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Refund_OfAFailureThatTheGatewayReports_GivesTheChargeBack(int status)
    {
        await using var world = await World.StartAsync(options => options.Credits = 5m);
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(status));

        await world.ChatAsync("Hello");

        Assert.True(world.Emulator.Ledger.Charges.Single().IsRefunded);
        Assert.Equal((0m, 5m), (world.Emulator.Ledger.Spent, world.Emulator.Ledger.Balance));
    }

    [Theory]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(524)]
    public async Task Refund_OfAFailureInBetween_IsNotGiven(int status)
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(status));

        await world.ChatAsync("Hello");

        Assert.True(world.Emulator.Ledger.Spent > 0);
    }

    [Fact]
    public async Task Refund_OfAnErrorInA200_IsGiven()
    {
        await using var world = await World.StartAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => world.Client.Chat.CompleteAsync("emulator/hidden", "Hello", cancellationToken: World.Token));

        Assert.Equal([true, true, true], world.Emulator.Ledger.Charges.Select(charge => charge.IsRefunded));
    }
}
