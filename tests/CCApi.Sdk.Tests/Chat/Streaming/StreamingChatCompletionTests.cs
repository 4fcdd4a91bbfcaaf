using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;
using static CCApi.Sdk.Tests.Support.Sequence;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class StreamingChatCompletionTests
{
    private const string ReadOnce = "A stream can be read once: call StreamAsync again, or use GetResponseAsync for what was read.";

    private static readonly string _body = ChatScript.Frames(ChatScript.Text("One, "), ChatScript.Text("two.", "stop")) + "data: [DONE]\n\n";

    [Fact]
    public async Task Stream_WhoseResponseCannotBeAssembled_ReleasesItsChunks()
    {
        var document = JsonDocument.Parse("[1]");
        var isReleased = false;
        await using var stream = StreamingChatCompletion.FromChunks(Chunks());

        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            await foreach (var chunk in stream)
            {
                document.Dispose();
            }
        });

        Assert.True(isReleased);

        async IAsyncEnumerable<ChatCompletionChunk> Chunks()
        {
            try
            {
                await Task.Yield();
                var delta = new ChatCompletionDelta { ReasoningDetails = document.RootElement };
                yield return new ChatCompletionChunk { Choices = [new ChatCompletionChunkChoice { Delta = delta }] };
                yield return new ChatCompletionChunk { Choices = [new ChatCompletionChunkChoice { Delta = delta }] };
            }
            finally
            {
                isReleased = true;
            }
        }
    }

    [Fact]
    public async Task Info_OfAFake_IsThatOfItsResponse()
    {
        var info = new CCApiResponseInfo();
        var stream = StreamingChatCompletion.FromChunks(new ScriptedChunks(Wire.Read<ChatCompletionChunk>(ChatScript.Text("a", "stop"))));

        stream.Info = info;

        Assert.Same(info, stream.Snapshot.Info);
        Assert.Same(info, (await stream.GetResponseAsync()).Info);
    }

    [Fact]
    public void IsTruncated_OfAFake_CanBeSet()
    {
        Assert.True(new ChatCompletionResponse { IsTruncated = true }.IsTruncated);
    }

    [Fact]
    public async Task Snapshot_BetweenTwoChunks_IsAssembledOnce()
    {
        var stream = new ChatScript().Respond(ChatScript.Frames(ChatScript.Text("a"), ChatScript.Text("b", "stop"))).Stream();
        var texts = new List<string?>();

        await foreach (var chunk in stream)
        {
            Assert.Same(stream.Snapshot, stream.Snapshot);
            texts.Add(stream.Snapshot.Text);
        }

        Assert.Equal(["a", "ab"], texts);
    }

    [Fact]
    public async Task StreamAsync_Unread_SendsNothing()
    {
        var script = new ChatScript().Respond(_body);
        var stream = script.Stream();
        _ = stream.ReadTextAsync(CancellationToken.None);
        await stream.GetAsyncEnumerator(CancellationToken.None).DisposeAsync();

        await stream.DisposeAsync();

        Assert.Empty(script.Requests);
    }

    [Fact]
    public async Task GetAsyncEnumerator_OfAStream_GivesItsChunks()
    {
        var stream = new ChatScript().Respond(_body).Stream();

        var chunks = await ListAsync(stream);

        Assert.Equal(
            ["""{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"One, "}}]}""", """{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"two."},"finish_reason":"stop"}]}"""],
            chunks.Select(Wire.Write));
    }

    [Fact]
    public async Task ConfigureAwait_OfAStream_EnumeratesItsChunks()
    {
        var chunks = new List<ChatCompletionChunk>();

        await foreach (var chunk in StreamingChatCompletion.FromChunks(new ScriptedChunks(new ChatCompletionChunk { Id = "1" })).ConfigureAwait(false))
        {
            chunks.Add(chunk);
        }

        Assert.Equal("1", Assert.Single(chunks).Id);
    }

    [Fact]
    public async Task ReadTextAsync_OfAStream_GivesItsText()
    {
        var stream = new ChatScript().Respond(_body).Stream();

        var texts = await ListAsync(stream.ReadTextAsync());

        Assert.Equal(["One, ", "two."], texts);
    }

    [Theory]
    [InlineData("a|b", "a", "b")]
    [InlineData("\U0001F600", @"\ud83d", @"\ude00")]
    [InlineData("a|\U0001F600b|\U0001F600", @"a\ud83d", @"\ude00b\ud83d", @"\ude00")]
    [InlineData("\U0001F600", @"\ud83d", "", @"\ude00")]
    [InlineData("a\U0001F600", @"a\ud83d\ude00")]
    public async Task ReadTextAsync_OfACharacterCutBetweenChunks_HoldsItBack(string expected, params string[] pieces)
    {
        var stream = new ChatScript().Respond(ChatScript.Frames([.. pieces.Select(piece => ChatScript.Text(piece))])).Stream();

        var texts = await ListAsync(stream.ReadTextAsync());

        Assert.Equal(expected, string.Join("|", texts));
    }

    [Fact]
    public async Task ReadTextAsync_OfACharacterThatIsNeverCompleted_GivesWhatCame()
    {
        var stream = new ChatScript().Respond(ChatScript.Frames(ChatScript.Text("a\\ud83d"))).Stream();

        var texts = await ListAsync(stream.ReadTextAsync());

        Assert.Equal(["a", "\uD83D"], texts);
    }

    [Fact]
    public async Task ReadTextAsync_OfOtherThings_LeavesThemOut()
    {
        var stream = new ChatScript().Respond(ChatScript.Frames(
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"think"}}]}""",
            """{"choices":[{"index":1,"delta":{"content":"other"}}]}""",
            """{"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":"think"},{"type":"text","text":"a"}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0}]},"message":{"content":"a"}}]}""",
            """{"choices":[],"usage":{}}""")).Stream();

        var texts = await ListAsync(stream.ReadTextAsync());

        Assert.Equal(["a"], texts);
    }

    [Fact]
    public async Task ReadTextAsync_WithoutAChoice0_YieldsTheTextOfTheResponseAtTheEnd()
    {
        var stream = new ChatScript().Respond(ChatScript.Frames(
            """{"choices":[{"index":2,"delta":{"content":"other"}},{"index":1,"delta":{"content":"a"}}]}""",
            """{"choices":[{"index":1,"delta":{"content":"b"},"finish_reason":"stop"}]}""")).Stream();

        var texts = await ListAsync(stream.ReadTextAsync());

        Assert.Equal("ab", Assert.Single(texts));
        Assert.Equal("ab", (await stream.GetResponseAsync()).Text);
    }

    public static TheoryData<string, string> Readings() => new()
    {
        { "chunks", "chunks" }, { "chunks", "text" }, { "text", "chunks" }, { "text", "text" }, { "response", "chunks" }, { "response", "text" }, { "dispose", "chunks" }, { "dispose", "text" },
    };

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task Read_ASecondTime_SaysWhatToDo(string first, string second)
    {
        var script = new ChatScript().Respond(_body).Respond(_body);
        var stream = script.Stream();
        await ReadAsync(stream, first);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(stream, second));

        Assert.Equal(ReadOnce, exception.Message);
    }

    [Fact]
    public async Task ReadTextAsync_OfTheSameTexts_SaysWhatToDo()
    {
        var texts = new ChatScript().Respond(_body).Stream().ReadTextAsync(CancellationToken.None);
        await ListAsync(texts);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => ListAsync(texts));

        Assert.Equal(ReadOnce, exception.Message);
    }

    [Fact]
    public async Task Read_ASecondTime_LeavesTheFirstAlone()
    {
        var stream = new ChatScript().Respond(_body).Stream();
        await using var chunks = stream.GetAsyncEnumerator(CancellationToken.None);
        await chunks.MoveNextAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => ListAsync(stream));

        var goesOn = await chunks.MoveNextAsync();

        Assert.True(goesOn);
    }

    [Theory]
    [InlineData("response")]
    [InlineData("chunks")]
    [InlineData("text")]
    public async Task GetResponseAsync_OfAFinishedStream_IsTheWholeResponse(string reading)
    {
        var stream = new ChatScript().Respond(_body).Stream();
        await ReadAsync(stream, reading);

        var response = await stream.GetResponseAsync();

        Assert.Equal(
            ("""{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"One, two."},"finish_reason":"stop"}]}""", false),
            (Wire.Write(response), response.IsTruncated));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_OfAnAbandonedStream_IsWhatCame(bool asText)
    {
        var stream = new ChatScript().Respond(_body).Stream();
        if (asText)
        {
            await foreach (var text in stream.ReadTextAsync())
            {
                break;
            }
        }
        else
        {
            await foreach (var chunk in stream)
            {
                break;
            }
        }

        var response = await stream.GetResponseAsync();

        Assert.Equal(("One, ", true), (response.Text, response.IsTruncated));
    }

    [Fact]
    public async Task GetResponseAsync_AfterAnErrorInTheLoop_IsWhatCame()
    {
        var stream = new ChatScript().Respond(ChatScript.Frames(ChatScript.Text("One, "), """{"error":"x"}""")).Stream();
        await Assert.ThrowsAsync<CCApiException>(() => ListAsync(stream));

        var response = await stream.GetResponseAsync();

        Assert.Equal(("One, ", true), (response.Text, response.IsTruncated));
    }

    /// <summary>The stream failed, so that something may be missing, such as the usage.</summary>
    [Theory]
    [InlineData("chunks")]
    [InlineData("text")]
    [InlineData("reasoning")]
    [InlineData("updates")]
    [InlineData("response")]
    public async Task GetResponseAsync_AfterAnErrorBehindTheFinishReason_IsTruncated(string reading)
    {
        var stream = StreamingChatCompletion.FromChunks(Chunks());

        await Assert.ThrowsAsync<CCApiStreamException>(() => ReadAsync(stream, reading));
        var response = await stream.GetResponseAsync();

        Assert.Equal(("Hm.", FinishReason.Stop, true), (response.Reasoning, response.FinishReason, response.IsTruncated));

        static async IAsyncEnumerable<ChatCompletionChunk> Chunks()
        {
            yield return Wire.Read<ChatCompletionChunk>("""{"choices":[{"index":0,"delta":{"reasoning":"Hm."},"finish_reason":"stop"}]}""");
            await Task.Yield();
            throw new CCApiStreamException("It broke off.");
        }
    }

    [Fact]
    public async Task GetResponseAsync_Twice_IsTheSame()
    {
        var script = new ChatScript().Respond(_body);
        var stream = script.Stream();

        var first = await stream.GetResponseAsync();
        var second = await stream.GetResponseAsync(new CancellationToken(canceled: true));

        Assert.True(ReferenceEquals(first, second) && script.Requests.Count == 1);
    }

    [Fact]
    public async Task GetResponseAsync_InsideALoop_SaysWhatToDo()
    {
        var stream = new ChatScript().Respond(_body).Stream();
        await using var chunks = stream.GetAsyncEnumerator(CancellationToken.None);
        await chunks.MoveNextAsync();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => stream.GetResponseAsync());

        Assert.Equal("The stream is still being read: leave the loop first.", exception.Message);
    }

    [Fact]
    public async Task GetResponseAsync_AfterAnEnumeratorThatWasNeverMoved_ReadsTheStream()
    {
        var stream = new ChatScript().Respond(_body).Stream();
        await stream.GetAsyncEnumerator(CancellationToken.None).DisposeAsync();
        _ = stream.ReadTextAsync(CancellationToken.None);

        var response = await stream.GetResponseAsync();

        Assert.Equal("One, two.", response.Text);
    }

    [Fact]
    public async Task GetResponseAsync_OfADisposedStream_IsEmpty()
    {
        var script = new ChatScript().Respond(_body);
        var stream = script.Stream();
        await stream.DisposeAsync();
        await stream.DisposeAsync();

        var response = await stream.GetResponseAsync();

        Assert.Equal((null, true, 0), (response.Text, response.IsTruncated, script.Requests.Count));
    }

    [Fact]
    public async Task DisposeAsync_OfAFinishedStream_KeepsTheResponse()
    {
        var stream = new ChatScript().Respond(_body).Stream();
        await ListAsync(stream);

        await stream.DisposeAsync();

        Assert.False((await stream.GetResponseAsync()).IsTruncated);
    }

    [Fact]
    public async Task Info_OfAStream_IsThereFromTheFirstChunk()
    {
        var stream = new ChatScript().Respond(_body).Stream();
        var before = stream.Info;
        await using var chunks = stream.GetAsyncEnumerator(CancellationToken.None);

        await chunks.MoveNextAsync();

        Assert.Equal((null, HttpStatusCode.OK, "req-1"), (before, stream.Info!.StatusCode, stream.Info.RequestId));
    }

    [Fact]
    public async Task GetResponseAsync_OfAStream_HasItsInfo()
    {
        var stream = new ChatScript().Respond(_body).Stream();

        var response = await stream.GetResponseAsync();

        Assert.Same(stream.Info, response.Info);
    }

    [Theory]
    [InlineData("chunks")]
    [InlineData("text")]
    [InlineData("response")]
    public async Task Read_WhoseSourceThrows_AddsWhatIsKnownToTheException(string reading)
    {
        var thrown = new CCApiStreamException("It broke off.");
        var source = new ThrowingSource(thrown, Chunk("One, "));
        var stream = new StreamingChatCompletion(source);

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => ReadAsync(stream, reading));

        Assert.Same(thrown, exception);
        Assert.Equal((HttpStatusCode.OK, "req-1", "One, "), (exception.StatusCode, exception.RequestId, exception.PartialResponse?.Text));
        Assert.Same(source.Info!.Headers, exception.Headers);
        Assert.Same(source.Info.Attempts, exception.Attempts);
        Assert.Same(source.Cost, exception.Cost);
    }

    [Fact]
    public async Task Read_WhoseSourceThrowsWithDetails_KeepsThem()
    {
        using var response = new HttpResponseMessage();
        var (headers, partial, attempts) = (response.Headers, new ChatCompletionResponse(), new[] { new CCApiAttempt() });
        var thrown = new CCApiRateLimitException("Slow down.")
        {
            StatusCode = HttpStatusCode.ServiceUnavailable,
            RequestId = "own",
            Headers = headers,
            PartialResponse = partial,
            Attempts = attempts,
        };
        var stream = new StreamingChatCompletion(new ThrowingSource(thrown, Chunk("One, ")));

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => stream.GetResponseAsync());

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "own"), (exception.StatusCode, exception.RequestId));
        Assert.Same(headers, exception.Headers);
        Assert.Same(partial, exception.PartialResponse);
        Assert.Same(attempts, exception.Attempts);
    }

    [Fact]
    public async Task Read_OfMoreChoicesThanAllowed_AddsWhatIsKnownAndReportsTheException()
    {
        var many = Enumerable.Range(1, CCApiDefaults.MaxStreamChoices).Select(index => new ChatCompletionChunkChoice { Index = index });
        var source = new ThrowingSource(exception: null, Chunk("One, "), new ChatCompletionChunk { Choices = [.. many] });
        var stream = new StreamingChatCompletion(source);

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => stream.GetResponseAsync());

        Assert.Equal(("req-1", "One, "), (exception.RequestId, exception.PartialResponse?.Text));
        Assert.Equal([exception], source.Failures);
    }

    [Fact]
    public async Task GetResponseAsync_WhichCannotBeAssembled_ReportsTheException()
    {
        var document = JsonDocument.Parse("[1]");
        var delta = new ChatCompletionDelta { ReasoningDetails = document.RootElement };
        var chunk = new ChatCompletionChunk { Choices = [new ChatCompletionChunkChoice { Delta = delta }] };
        var source = new ThrowingSource(exception: null, chunk, chunk);
        var stream = new StreamingChatCompletion(source);
        var chunks = stream.GetAsyncEnumerator(CancellationToken.None);
        await chunks.MoveNextAsync();
        await chunks.MoveNextAsync();
        document.Dispose();

        var exception = await Assert.ThrowsAsync<ObjectDisposedException>(async () => await stream.DisposeAsync());

        Assert.Equal([exception], source.Failures);
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public async Task DisposeAsync_AfterTheFinishReasonBeforeTheEnd_LeavesTheResponseTruncated()
    {
        var stream = StreamingChatCompletion.FromChunks(new ScriptedChunks(Chunk("One.", "stop")));
        await using var chunks = stream.GetAsyncEnumerator(CancellationToken.None);
        await chunks.MoveNextAsync();

        await stream.DisposeAsync();

        Assert.True((await stream.GetResponseAsync()).IsTruncated);
    }

    [Fact]
    public async Task GetResponseAsync_OfAChunkCutBehindTheEndMark_IsTruncated()
    {
        var stream = new ChatScript().Respond(ChatScript.Frames(ChatScript.Text("One, ")) + "data: [DONE]{\"cho").Stream();

        var response = await stream.GetResponseAsync();

        Assert.Equal(("One, ", true), (response.Text, response.IsTruncated));
    }

    [Fact]
    public async Task FromChunks_OfChunks_ReadsLikeAStream()
    {
        var stream = StreamingChatCompletion.FromChunks(new ScriptedChunks(Chunk("One, "), Chunk("two.", "stop")));

        var response = await stream.GetResponseAsync();

        Assert.Equal(("One, two.", false, true), (response.Text, response.IsTruncated, response.Info is null));
    }

    [Fact]
    public async Task FromChunks_WithoutAFinishReason_IsTruncated()
    {
        var stream = StreamingChatCompletion.FromChunks(new ScriptedChunks(Chunk("One, ")));

        var response = await stream.GetResponseAsync();

        Assert.True(response.IsTruncated);
    }

    [Fact]
    public async Task FromChunks_WhoseChunksThrow_ThrowsTheSame()
    {
        var thrown = new CCApiRateLimitException("Slow down.");
        var gate = new TaskCompletionSource<bool>();
        gate.SetException(thrown);
        var stream = StreamingChatCompletion.FromChunks(new ScriptedChunks(Chunk("a")) { Gate = gate });

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => stream.GetResponseAsync());

        Assert.Same(thrown, exception);
    }

    [Fact]
    public async Task FromChunks_LeftEarly_DisposesTheChunks()
    {
        var chunks = new ScriptedChunks(Chunk("a"), Chunk("b"));

        await foreach (var chunk in StreamingChatCompletion.FromChunks(chunks))
        {
            break;
        }

        Assert.Equal(1, chunks.Disposals);
    }

    [Fact]
    public void FromChunks_OfNull_Throws()
    {
        var exception = Assert.Throws<ArgumentNullException>(() => StreamingChatCompletion.FromChunks(null!));

        Assert.Equal("chunks", exception.ParamName);
    }

    /// <summary>One thread reads, another disposes: whatever comes first, nothing but the documented exceptions comes out.</summary>
    [Fact]
    public async Task DisposeAsync_WhileAnotherThreadReads_IsSafe()
    {
        var outcomes = new List<Exception?>();
        for (var round = 0; round < 200; round++)
        {
            var stream = new ChatScript().Respond(PiecewiseStream.Of(Encoding.UTF8.GetBytes(_body + _body), 7)).Stream();
            var reading = Task.Run(async () => await Record.ExceptionAsync(() => ListAsync(stream)));
            await Task.Run(async () => await stream.DisposeAsync());
            outcomes.Add(await reading);
        }

        Assert.All(outcomes, outcome => Assert.True(outcome is null or InvalidOperationException, outcome?.ToString()));
    }

    /// <summary>A response of chunks that is charged, and its exception after them.</summary>
    private sealed class ThrowingSource(Exception? exception, params ChatCompletionChunk[] chunks) : IChunkSource
    {
        private int _next;

        public CCApiResponseInfo? Info { get; } = new()
        {
            StatusCode = HttpStatusCode.OK,
            Headers = FakeGateway.Json(200, "{}", "x-request-id: req-1").Headers,
            Attempts = [new CCApiAttempt()],
        };

        public CCApiCost Cost { get; } = new() { Amount = 1, Currency = "USD" };

        public List<Exception> Failures { get; } = [];

        public bool IsDisposed { get; private set; }

        public TimeSpan? Elapsed => null;

        public bool SawEndMark => false;

        public bool IsCut => false;

        public ValueTask<StreamPiece> NextAsync(bool textOnly, CancellationToken cancellationToken)
        {
            if (_next == chunks.Length)
            {
                return exception is null ? default : throw exception;
            }

            return new ValueTask<StreamPiece>(StreamPiece.Of(chunks[_next++]));
        }

        public CCApiCost? CostOf(ChatCompletionResponse received) => Cost;

        public ValueTask BookAsync() => default;

        public void Fail(Exception failure) => Failures.Add(failure);

        public void End(ChatCompletionResponse response)
        {
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return default;
        }
    }

    private static ChatCompletionChunk Chunk(string text, string? finishReason = null) => Wire.Read<ChatCompletionChunk>(ChatScript.Text(text, finishReason));

    private static async Task ReadAsync(StreamingChatCompletion stream, string reading)
    {
        switch (reading)
        {
            case "chunks":
                await ListAsync(stream);
                break;
            case "text":
                await ListAsync(stream.ReadTextAsync(CancellationToken.None));
                break;
            case "reasoning":
                await ListAsync(stream.ReadReasoningAsync(CancellationToken.None));
                break;
            case "updates":
                await ListAsync(stream.ReadUpdatesAsync(CancellationToken.None));
                break;
            case "response":
                await stream.GetResponseAsync(CancellationToken.None);
                break;
            default:
                await stream.DisposeAsync();
                break;
        }
    }
}
