using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;
using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Ecosystem;

public sealed class FailoverTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OrderedFailoverChatClient_OverTwoModels_UsesTheSecond(bool isStream)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient(options => options.Retry.MaxRetries = 0);
        using var chat = new OrderedFailoverChatClient([client.Chat.AsIChatClient("emulator/status-500"), client.Chat.AsIChatClient("openai/gpt-4o-mini")]);

        var response = isStream ? await chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync() : await chat.GetResponseAsync("Hello");

        Assert.NotEmpty(response.Text);
        Assert.Equal(["emulator/status-500", "openai/gpt-4o-mini"], emulator.Requests.Select(request => request.Model));
    }
}
