using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

#region FAKE
public sealed class FakeChat : ChatClient
{
    public IList<ChatCompletionRequest> Requests { get; } = [];

    public override Task<ChatCompletionResponse> CompleteAsync(
        ChatCompletionRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Requests.Add(request);
        var message = ChatMessage.Assistant("Good morning.");
        return Task.FromResult(new ChatCompletionResponse { Choices = [new ChatCompletionChoice { Message = message, FinishReason = FinishReason.Stop }] });
    }

    public override StreamingChatCompletion StreamAsync(
        ChatCompletionRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamingChatCompletion.FromChunks(ChunksAsync("Good ", "morning."));

    private static async IAsyncEnumerable<ChatCompletionChunk> ChunksAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            await Task.Yield();
            yield return new ChatCompletionChunk { Choices = [new ChatCompletionChunkChoice { Delta = new ChatCompletionDelta { Content = text } }] };
        }
    }
}
#endregion

/// <summary>The code of docs/testing.md.</summary>
public class TestingSnippets
{
    #region SCRIPT
    [Fact]
    public async Task Response_ModelCallsTheTool_ContainsItsResult()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        emulator.Script.WhenChat("weather").CallTool("get_weather", """{"City":"Oslo"}""").ThenReply("It snows in Oslo.");
        using var client = emulator.CreateClient();

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "How is the weather?");

        Assert.Equal("get_weather", response.ToolCalls.Single().Function!.Name);
        emulator.Requests.Single().AssertJson("""{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"How is the weather?"}]}""");
    }
    #endregion

    #region MONEY
    [Fact]
    public async Task Import_BalanceIsUsedUp_IsReported()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        emulator.Ledger.SetBalance(0);
        using var client = emulator.CreateClient();

        await Assert.ThrowsAsync<CCApiBillingException>(() => client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hello."));

        Assert.Empty(emulator.Ledger.Charges);
    }
    #endregion

    [Fact]
    public async Task Fake_IsUsedLikeTheClient()
    {
        var chat = new FakeChat();
        var response = await chat.CompleteAsync(new ChatCompletionRequest { Messages = [ChatMessage.User("Hello.")] });
        var streamed = await chat.StreamAsync(new ChatCompletionRequest { Messages = [ChatMessage.User("Hello.")] }).GetResponseAsync();

        Assert.Equal(("Good morning.", "Good morning."), (response.Text, streamed.Text));
        Assert.Single(chat.Requests);
    }
}
