using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ConfiguredStreamingChatCompletionTests
{
    [Fact]
    public async Task GetAsyncEnumerator_InAnAwaitForeach_GivesTheChunks()
    {
        var stream = Stream();
        var texts = new List<string?>();

        await foreach (var chunk in stream.ConfigureAwait(false))
        {
            texts.Add(chunk.Choices![0].Delta!.Content?.Text);
        }

        Assert.Equal(["a", "b"], texts);
    }

    [Fact]
    public async Task DisposeAsync_InAnAwaitUsing_ClosesTheStream()
    {
        var stream = Stream();

        await using (stream.ConfigureAwait(false))
        {
            // Nothing is read.
        }

        Assert.True((await stream.GetResponseAsync()).IsTruncated);
    }

    [Fact]
    public async Task WithCancellation_OfACanceledToken_EndsTheStream()
    {
        var read = async () =>
        {
            await foreach (var chunk in Stream().ConfigureAwait(false).WithCancellation(new CancellationToken(canceled: true)))
            {
                Assert.Fail("There is a chunk.");
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(read);
    }

    private static StreamingChatCompletion Stream() =>
        new ChatScript().Respond(ChatScript.Frames(ChatScript.Text("a"), ChatScript.Text("b", "stop"))).Stream();
}
