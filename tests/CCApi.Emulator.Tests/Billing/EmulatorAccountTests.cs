using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using Xunit;

namespace CCApi.Emulator.Tests.Billing;

public class EmulatorAccountTests
{
    [Fact]
    public async Task AddAccount_AnotherKey_HasItsOwnCreditsAndIdempotencyKeys()
    {
        await using var world = await World.StartAsync();
        var account = world.Emulator.AddAccount("sk-second", credits: 1m);
        using var client = world.Emulator.CreateClient(options => options.ApiKey = "sk-second");
        var options = new CCApiRequestOptions { IdempotencyKey = "same" };

        await world.Client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hi", options, World.Token);
        await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hi", options, World.Token);

        Assert.Equal((1, 1), (account.Ledger.Count, world.Emulator.Ledger.Count));
        Assert.Equal(1m, account.Ledger.Balance + account.Ledger.Spent);
    }

    [Fact]
    public async Task AddAccount_KeyThatIsThere_IsRejected()
    {
        await using var world = await World.StartAsync();

        var exception = Assert.Throws<ArgumentException>(() => world.Emulator.AddAccount(world.Emulator.ApiKey));

        Assert.StartsWith("There is an account with this key already.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpiresAt_Reached_Is401()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Account.ExpiresAt = world.Time.GetUtcNow().AddMinutes(1);

        var before = await world.GetAsync("models");
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var after = await world.GetAsync("models");

        Assert.Equal((200, 401), (before.Status, after.Status));
    }

    [Fact]
    public async Task Limits_OfOneAccount_DoNotCountForAnother()
    {
        await using var world = await World.StartAsync();
        var account = world.Emulator.AddAccount("sk-free");
        account.Limits.RequestsPerMinute = 1;
        using var http = new HttpClient { BaseAddress = world.Emulator.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-free");

        var statuses = new[]
        {
            (int)(await http.GetAsync(new Uri("models", UriKind.Relative), World.Token)).StatusCode,
            (int)(await http.GetAsync(new Uri("models", UriKind.Relative), World.Token)).StatusCode,
            (await world.GetAsync("models")).Status,
        };

        Assert.Equal([200, 429, 200], statuses);
    }

    [Fact]
    public void Ledger_ManyCharges_KeepsTheSumsOfThoseThatAreForgotten()
    {
        const int Kept = 1000;
        var ledger = new EmulatorLedger(2_000_000m, Kept);

        for (var i = 0; i < Kept + 5; i++)
        {
            ledger.TryCharge(new ChargeRequest(default, "POST /x", "m", 1m, IdempotencyKey: null, BodyHash: ""));
        }

        ledger.Refund(0);
        ledger.Refund(Kept + 4);
        Assert.Equal((Kept + 5, Kept + 4m), (ledger.Count, ledger.Spent));
        Assert.Equal(Kept, ledger.Charges.Count);
    }
}
