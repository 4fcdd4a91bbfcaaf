using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using FsCheck.Xunit;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

/// <summary>What a stream makes of its chunks, held against the generated reader, and reading as text held against reading as chunks.</summary>
[Properties(Replay = "20261103,7")]
public class ChunkReadingTests
{
    [Property(MaxTest = 600, EndSize = 1_000_000)]
    public async Task Read_OfRandomChunks_GivesWhatTheGeneratedReaderDoes(int seed)
    {
        var chunks = Chunks(new Random(seed));

        var outcome = await StreamOutcome.OfChunksAsync(Body(chunks));

        Assert.Null(outcome.Error);
        Assert.Equal(chunks.Select(chunk => Wire.Write(Wire.Read<ChatCompletionChunk>(chunk))), outcome.Chunks);
    }

    [Property(MaxTest = 600, EndSize = 1_000_000)]
    public async Task Read_OfRandomChunksAsText_ReturnsTheSameResponse(int seed)
    {
        var chunks = Chunks(new Random(seed));

        var expected = await StreamOutcome.OfChunksAsync(Body(chunks));
        var actual = await StreamOutcome.OfTextAsync(Body(chunks));

        Assert.True(expected with { Chunks = null } == actual, $"{string.Join("\n", chunks)}\nwas read as text:\n{actual}\nas chunks:\n{expected}");
    }

    /// <summary>What these tests rest on: odd shapes are really among them, and texts.</summary>
    [Fact]
    public async Task Chunks_OfManySeeds_AreOfAllKinds()
    {
        var bodies = Enumerable.Range(0, 300).Select(seed => Chunks(new Random(seed))).ToArray();
        var responses = await Task.WhenAll(bodies.Select(chunks => StreamOutcome.OfChunksAsync(Body(chunks))));

        Assert.Contains(bodies, chunks => chunks.Any(chunk => chunk.Contains("\\u0063hoices")));
        Assert.Contains(bodies, chunks => chunks.Any(chunk => chunk.Contains("\"choices\":{\"a\":1}")));
        Assert.True(responses.Count(response => response.Text?.Length > 0) > 100);
        Assert.True(responses.Count(response => response.Response.Contains("\"tool_calls\":[")) > 50);
    }

    private static List<string> Chunks(Random random)
    {
        var generator = new ChunkGenerator(random, isOdd: random.Next(4) > 0);
        return [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => generator.Chunk())];
    }

    private static PiecewiseStream Body(List<string> chunks) => PiecewiseStream.Of(Encoding.UTF8.GetBytes(ChatScript.Frames([.. chunks]) + "data: [DONE]\n\n"));
}
