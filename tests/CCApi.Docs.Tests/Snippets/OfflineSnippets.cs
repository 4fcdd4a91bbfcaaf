using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

/// <summary>The code of docs/getting-started.md and docs/security.md.</summary>
public class OfflineSnippets
{
    [Fact]
    public async Task Client_OfTheEmulator_NeedsNoKey()
    {
        #region OFFLINE
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "How much is 12 * 3?");
        Console.WriteLine($"{response.Text}, {response.Info!.Cost}, {emulator.Ledger.Balance} credits are left");
        #endregion

        Assert.Equal("12 * 3 = 36", response.Text);
    }

    [Fact]
    public async Task Provider_OfKeys_IsCalledAgainAfterA401()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        var vault = new Vault(emulator.ApiKey);
        var address = emulator.BaseAddress;

        #region ROTATION
        var options = new CCApiClientOptions { BaseAddress = address, ApiKeyProvider = vault.GetKeyAsync };
        using var client = new CCApiClient(options);
        #endregion

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "How much is 12 * 3?");

        Assert.Equal("12 * 3 = 36", response.Text);
        Assert.Equal(2, vault.Calls);
    }

    /// <summary>Returns an old key first, as a vault that was just rotated may.</summary>
    private sealed class Vault(string key)
    {
        public int Calls { get; private set; }

        public ValueTask<string> GetKeyAsync(System.Threading.CancellationToken cancellationToken) => new(++Calls == 1 ? "sk-old" : key);
    }
}
