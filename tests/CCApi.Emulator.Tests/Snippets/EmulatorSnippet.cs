using System.Threading.Tasks;
using Xunit;

namespace CCApi.Emulator.Tests.Snippets;

public class EmulatorSnippet
{
    #region README
    [Fact]
    public async Task Summary_GatewayIsBusyOnce_IsRetried()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        emulator.Faults.Add(EmulatorFault.WithStatus(503));
        using var client = emulator.CreateClient(options => options.Retry.BaseDelay = System.TimeSpan.Zero);

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "How much is 12 * 3?");

        Assert.Equal("12 * 3 = 36", response.Text);
        Assert.Equal(2, response.Info!.Attempts.Count);
    }
    #endregion
}
