using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

/// <summary>The code of docs/streaming.md.</summary>
public class StreamingSnippets
{
    [Fact]
    public async Task Updates_OfAStream_EndWithTheResponse()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();

        #region UPDATES
        await using var stream = client.Chat.StreamAsync("openai/gpt-4o-mini", "Outline a launch plan.");
        await foreach (var update in stream.ReadUpdatesAsync())
        {
            Console.Write(update.Text);
        }

        var response = await stream.GetResponseAsync();
        Console.WriteLine($"{response.FinishReason}, {response.Usage?.TotalTokens} tokens, {stream.Info!.Cost}");
        #endregion

        Assert.Equal(FinishReason.Stop, response.FinishReason);
        Assert.NotNull(response.Usage?.TotalTokens);
        Assert.NotNull(stream.Info!.Cost.Amount);
    }

    [Fact]
    public async Task Cancellation_OfAStream_LeavesWhatArrived()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        emulator.Script.WhenChat().Stream(TimeSpan.FromMilliseconds(50), "One ", "two ", "three ", "four ", "five ");
        using var client = emulator.CreateClient();
        using var canceled = new CancellationTokenSource();
        var console = new CancelingConsole(canceled);

        #region CANCEL
        await using var stream = client.Chat.StreamAsync("openai/gpt-4o-mini", "Tell a long story.", cancellationToken: canceled.Token);
        try
        {
            await foreach (var text in stream.ReadTextAsync())
            {
                console.Write(text);
            }
        }
        catch (OperationCanceledException)
        {
            console.WriteLine($"Stopped after {stream.Snapshot.Text?.Length} characters.");
        }
        #endregion

        Assert.Equal("One ", stream.Snapshot.Text);
    }

    [Fact]
    public async Task Break_OfAStream_HasThePartialResponse()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        const string model = "emulator/hidden";

        #region BREAK
        try
        {
            var response = await client.Chat.StreamAsync(model, "Outline a launch plan.").GetResponseAsync();
            if (response.IsTruncated)
            {
                Console.WriteLine("The body ended without a finish reason: the text may be incomplete.");
            }
        }
        catch (CCApiException exception) when (exception.PartialResponse is { } partial)
        {
            Console.WriteLine($"{exception.Message} Received so far: {partial.Text}");
        }
        #endregion

        Assert.EndsWith("Received so far: In brief, about Outline launch: A good first step is to write down what launch should do. Start", Console.Text, StringComparison.Ordinal);
    }

    /// <summary>A console whose user stops the response at its first text.</summary>
    private sealed class CancelingConsole(CancellationTokenSource canceled)
    {
        public void Write(string text)
        {
            Console.Write(text);
            canceled.Cancel();
        }

        public void WriteLine(string text) => Console.WriteLine(text);
    }
}
