using System;
using System.ClientModel;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using OpenAI;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

/// <summary>The code of docs/migrating.md: each pair does the same against the emulator.</summary>
public class MigrationSnippets
{
    private string _text = string.Empty;

    [Fact]
    public async Task Chat_OfBoth_IsTheSame()
    {
        await using var emulator = await CCApiEmulator.StartAsync();

        await BeforeAsync(emulator.ApiKey, emulator.BaseAddress);
        var before = _text;
        await AfterAsync(emulator.ApiKey, emulator.BaseAddress);

        Assert.Equal(before, _text);
        Assert.NotEmpty(before);
    }

    [Fact]
    public async Task Stream_OfBoth_IsTheSame()
    {
        await using var emulator = await CCApiEmulator.StartAsync();

        await StreamBeforeAsync(emulator.ApiKey, emulator.BaseAddress);
        var before = _text;
        _text = string.Empty;
        await StreamAfterAsync(emulator.ApiKey, emulator.BaseAddress);

        Assert.Equal(before, _text);
        Assert.NotEmpty(before);
    }

    private async Task BeforeAsync(string key, Uri address)
    {
        #region CHAT-BEFORE
        var client = new OpenAI.Chat.ChatClient("openai/gpt-4o-mini", new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = address });
        var result = await client.CompleteChatAsync(
            new OpenAI.Chat.SystemChatMessage("Be brief."), new OpenAI.Chat.UserChatMessage("How much is 12 * 3?"));
        Console.WriteLine($"{result.Value.Content[0].Text} ({result.Value.Usage.TotalTokenCount} tokens)");
        #endregion

        _text = result.Value.Content[0].Text;
    }

    private async Task AfterAsync(string key, Uri address)
    {
        #region CHAT-AFTER
        using var client = new CCApiClient(new CCApiClientOptions { ApiKey = key, BaseAddress = address });
        var response = await client.Chat.CompleteAsync(new ChatCompletionRequest
        {
            Model = "openai/gpt-4o-mini",
            Messages = [ChatMessage.System("Be brief."), ChatMessage.User("How much is 12 * 3?")],
        });
        Console.WriteLine($"{response.Text} ({response.Usage?.TotalTokens} tokens)");
        #endregion

        _text = response.Text!;
    }

    private async Task StreamBeforeAsync(string key, Uri address)
    {
        var client = new OpenAI.Chat.ChatClient("openai/gpt-4o-mini", new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = address });

        #region STREAM-BEFORE
        await foreach (var update in client.CompleteChatStreamingAsync("Outline a launch plan."))
        {
            foreach (var part in update.ContentUpdate)
            {
                Write(part.Text);
            }
        }
        #endregion
    }

    private async Task StreamAfterAsync(string key, Uri address)
    {
        using var client = new CCApiClient(new CCApiClientOptions { ApiKey = key, BaseAddress = address });

        #region STREAM-AFTER
        await foreach (var text in client.Chat.StreamAsync("openai/gpt-4o-mini", "Outline a launch plan.").ReadTextAsync())
        {
            Write(text);
        }
        #endregion
    }

    private void Write(string text)
    {
        Console.Write(text);
        _text += text;
    }
}
