using System.Threading.Tasks;
using Xunit;

namespace CCApi.Emulator.Tests.Snippets;

public class EmulatorSnippet
{
    #region README
    [Fact]
    public async Task Summary_WhenTheGatewayIsBusyOnce_IsStillMade()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        emulator.Faults.Add(EmulatorFault.WithStatus(503));
        using var client = emulator.CreateClient(options => options.Retry.BaseDelay = System.TimeSpan.Zero);

        var answer = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "How much is 12 * 3?");

        Assert.Equal("12 * 3 = 36", answer.Text);
        Assert.Equal(2, answer.Info!.Attempts.Count);
    }
    #endregion
}
