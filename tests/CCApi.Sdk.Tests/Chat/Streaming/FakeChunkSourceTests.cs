using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class FakeChunkSourceTests
{
    [Fact]
    public async Task NextAsync_OfChunks_GivesThemAndEnds()
    {
        var chunk = new ChatCompletionChunk();
        await using var source = new FakeChunkSource(new ScriptedChunks(chunk));

        var chunks = new[] { await source.NextAsync(textOnly: false, CancellationToken.None), await source.NextAsync(textOnly: true, CancellationToken.None) };

        Assert.Equal([StreamPiece.Of(chunk), default], chunks);
    }

    [Fact]
    public async Task NextAsync_OfSeveralChunks_AsksOnceForThem()
    {
        var chunks = new ScriptedChunks(new ChatCompletionChunk(), new ChatCompletionChunk());
        await using var source = new FakeChunkSource(chunks);

        await source.NextAsync(textOnly: false, CancellationToken.None);
        await source.NextAsync(textOnly: false, CancellationToken.None);

        Assert.Equal(1, chunks.Enumerations);
    }

    [Fact]
    public async Task NextAsync_OfACanceledToken_ThrowsEvenWhenTheChunksDoNot()
    {
        await using var source = new FakeChunkSource(new ScriptedChunks(new ChatCompletionChunk()));

        var next = async () => await source.NextAsync(textOnly: false, new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(next);
    }

    [Fact]
    public async Task DisposeAsync_Twice_DisposesTheChunksOnce()
    {
        var chunks = new ScriptedChunks(new ChatCompletionChunk());
        var source = new FakeChunkSource(chunks);
        await source.NextAsync(textOnly: false, CancellationToken.None);

        await source.DisposeAsync();
        await source.DisposeAsync();

        Assert.Equal(1, chunks.Disposals);
    }

    [Fact]
    public async Task DisposeAsync_Unread_AsksForNothing()
    {
        var chunks = new ScriptedChunks();

        await new FakeChunkSource(chunks).DisposeAsync();

        Assert.Equal((0, 0), (chunks.Enumerations, chunks.Disposals));
    }

    [Fact]
    public async Task DisposeAsync_WhileAReadWaits_LeavesItToTheReader()
    {
        var chunks = new ScriptedChunks { Gate = new TaskCompletionSource<bool>() };
        var source = new FakeChunkSource(chunks);
        var reading = source.NextAsync(textOnly: false, CancellationToken.None).AsTask();

        await source.DisposeAsync();
        var during = chunks.Disposals;
        chunks.Gate.SetResult(true);
        await reading;
        await source.DisposeAsync();

        Assert.Equal((0, 1), (during, chunks.Disposals));
    }
}
