using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Billing;

public class EmulatorLedgerTests
{
    [Fact]
    public async Task Charges_OfAChat_MatchTheCostOfTheResponse()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("chat/completions", Body.Chat("Hello"), "key-1");

        var charge = Assert.Single(world.Emulator.Ledger.Charges);
        Assert.Equal(new EmulatorCharge(world.Time.GetUtcNow(), "POST /chat/completions", "openai/gpt-4o-mini", response.Json["usage"]!["cost"]!.GetValue<decimal>(), false, "key-1"), charge);
    }

    [Fact]
    public async Task Charges_OfSpeech_MatchTheResponse()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("audio/speech", Body.Speech("Hello"));

        Assert.Equal(response.Json["credits_charged"]!.GetValue<decimal>(), world.Emulator.Ledger.Spent);
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
    public async Task Balance_TooSmall_Is402AndNotCharged()
    {
        await using var world = await World.StartAsync(options => options.Credits = 0.02m);

        var response = await world.PostAsync("images/generations", Body.Image("A fox", "\"n\":3"));

        Assert.Equal((402, "insufficient_funds"), (response.Status, response.Error["code"]!.GetValue<string>()));
        Assert.Equal((0.02m, 0), (world.Emulator.Ledger.Balance, world.Emulator.Ledger.Charges.Count));
    }

    [Fact]
    public async Task SetBalance_AfterA402_LetsTheNextRequestPass()
    {
        await using var world = await World.StartAsync(options => options.Credits = 0m);
        var rejected = await world.ChatAsync("Hello");

        world.Emulator.Ledger.SetBalance(1m);
        var response = await world.ChatAsync("Hello");

        Assert.Equal((402, 200), (rejected.Status, response.Status));
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

    [Fact]
    public async Task SpentByScope_OfRequestsWithScopes_SumsThemApart()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(500), 1, "speech");

        await SpeakAsync(world, "tenant-1", 1000);
        await SpeakAsync(world, "tenant-2", 10);
        await SpeakAsync(world, "tenant-2", 20);
        await SpeakAsync(world, null, 30);
        await SpeakAsync(world, new string('x', 257), 40);

        var ledger = world.Emulator.Ledger;
        Assert.Equal((0m, 0.003m, 0.007m), (ledger.SpentByScope["tenant-1"], ledger.SpentByScope["tenant-2"], ledger.SpentByScope[""]));
        Assert.Equal(["tenant-1", "tenant-2", "tenant-2", null, null], ledger.Charges.Select(charge => charge.Scope));
        Assert.Equal(ledger.Spent, ledger.SpentByScope.Values.Sum());
    }

    [Fact]
    public async Task SpentByScope_OverHttp_IsTheSame()
    {
        await using var world = await World.StartAsync();
        await SpeakAsync(world, "tenant-1", 100);

        var ledger = System.Text.Json.Nodes.JsonNode.Parse(await world.Http.GetStringAsync(new Uri("../emulator/ledger", UriKind.Relative), World.Token))!;

        Assert.Equal("""{"tenant-1":0.01}""", ledger["spent_by_scope"]!.ToJsonString());
        Assert.Equal("tenant-1", ledger["charges"]![0]!["scope"]!.GetValue<string>());
    }

    [Fact]
    public void SpentByScope_OfManyScopes_IsBoundedAndComplete()
    {
        var ledger = new EmulatorLedger(2_000_000m, maxCharges: 100);

        for (var i = 0; i < EmulatorLedger.MaxScopes + 5; i++)
        {
            ledger.TryCharge(new ChargeRequest(default, "POST /x", "m", 1m, IdempotencyKey: null, BodyHash: "", $"scope-{i}"));
        }

        Assert.Equal((EmulatorLedger.MaxScopes + 1, 5m), (ledger.SpentByScope.Count, ledger.SpentByScope["(others)"]));
        Assert.Equal(ledger.Spent, ledger.SpentByScope.Values.Sum());
    }

    private static async Task SpeakAsync(World world, string? scope, int characters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("audio/speech", UriKind.Relative))
        {
            Content = new StringContent(Body.Speech(new string('a', characters)), System.Text.Encoding.UTF8, "application/json"),
        };
        if (scope is not null)
        {
            request.Headers.Add("X-CCApi-Scope", scope);
        }

        using var response = await world.Http.SendAsync(request, World.Token);
    }
}
