using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;
using static CCApi.Sdk.Tests.Support.Sequence;

namespace CCApi.Sdk.Tests.Chat.Streaming;

/// <summary>Reading a stream as reasoning, as updates, and looking at it on the way; reading it as text is tested with the stream itself.</summary>
public class StreamingChatCompletionReadingTests
{
    private static readonly string _thoughtful = Stream(
        """{"delta":{"role":"assistant","content":""}}""",
        """{"delta":{"reasoning_content":"One. "}}""",
        """{"delta":{"reasoning_content":"Two."}}""",
        """{"delta":{"content":"Three, "}}""",
        """{"delta":{"content":"four."}}""",
        """{"delta":{},"finish_reason":"stop"}""");

    private static readonly string _calling = Stream(
        """{"delta":{"content":"Let me see."}}""",
        """{"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":""}}]}}""",
        """{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]}}""",
        """{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}},{"index":1,"id":"c2","type":"function","function":{"name":"sub","arguments":"{}"}}]}}""",
        """{"delta":{},"finish_reason":"tool_calls"}""");

    [Fact]
    public async Task ReadReasoningAsync_ThenText_GivesOneAfterTheOther()
    {
        await using var stream = new ChatScript().Respond(_thoughtful).Stream();

        Assert.Equal(["One. ", "Two."], await ListAsync(stream.ReadReasoningAsync()));
        Assert.Equal(["Three, ", "four."], await ListAsync(stream.ReadTextAsync()));
        var response = await stream.GetResponseAsync();

        Assert.Equal(("One. Two.", "Three, four.", false), (response.Reasoning, response.Text, response.IsTruncated));
    }

    [Theory]
    [InlineData("""{"reasoning":"A"}""")]
    [InlineData("""{"reasoning_details":[{"type":"reasoning.text","text":"A"}]}""")]
    [InlineData("""{"content":[{"type":"thinking","thinking":"A"}]}""")]
    [InlineData("""{"reasoning":"A","reasoning_details":[{"type":"reasoning.text","text":"A"}]}""")]
    public async Task ReadReasoningAsync_OfAnyMember_GivesIt(string delta)
    {
        await using var stream = new ChatScript().Respond(Stream($$"""{"delta":{{delta}}}""", """{"delta":{"content":"B"},"finish_reason":"stop"}""")).Stream();

        Assert.Equal(["A"], await ListAsync(stream.ReadReasoningAsync()));
        Assert.Equal(["B"], await ListAsync(stream.ReadTextAsync()));
    }

    [Theory]
    [InlineData("details in chunks of their own", "A|B", "AB", """{"reasoning":"A"}""", """{"reasoning_details":[{"text":"A","index":0}]}""", """{"reasoning":"B"}""", """{"reasoning_details":[{"text":"B","index":0}]}""")]
    [InlineData("details before the text", "A|B", "AB", """{"reasoning_details":[{"text":"A","index":0}]}""", """{"reasoning":"A"}""", """{"reasoning_details":[{"text":"B","index":0}]}""", """{"reasoning":"B"}""")]
    [InlineData("all details at the end", "A|B", "AB", """{"reasoning":"A"}""", """{"reasoning":"B"}""", """{"reasoning_details":[{"type":"reasoning.text","text":"AB"}]}""")]
    [InlineData("more in the details", "A|B", "A", """{"reasoning":"A"}""", """{"reasoning_details":[{"text":"AB"}]}""")]
    [InlineData("pieces of another size", "AB|C|D", "ABCD", """{"reasoning":"AB"}""", """{"reasoning_details":[{"text":"A"}]}""", """{"reasoning_details":[{"text":"BC"}]}""", """{"reasoning":"CD"}""")]
    [InlineData("two members in one chunk and in two", "A|B", "AB", """{"reasoning_content":"A","reasoning":"A"}""", """{"reasoning":"B"}""", """{"reasoning_content":"B"}""")]
    [InlineData("parts and a member", "A|B", "AB", """{"content":[{"type":"thinking","thinking":"A"}]}""", """{"reasoning":"A"}""", """{"reasoning":"B"}""")]
    [InlineData("a summary beside the text", "A|B", "AB", """{"reasoning":"A"}""", """{"reasoning_details":[{"type":"reasoning.summary","summary":"S"}]}""", """{"reasoning":"B"}""")]
    [InlineData("another text in a member that wins", "S|A|B", "AB", """{"reasoning_details":[{"summary":"S"}]}""", """{"reasoning":"A"}""", """{"reasoning_details":[{"summary":"T"}]}""", """{"reasoning":"B"}""")]
    public async Task ReadReasoningAsync_OfATextInSeveralMembers_GivesItOnce(string _, string expected, string response, params string[] deltas)
    {
        await using var stream = new ChatScript().Respond(Reasoning(deltas)).Stream();
        await using var updates = new ChatScript().Respond(Reasoning(deltas)).Stream();

        var pieces = await ListAsync(stream.ReadReasoningAsync());
        var piecesOfUpdates = (await ListAsync(updates.ReadUpdatesAsync())).Where(update => update.Kind == ChatStreamUpdateKind.Reasoning).Select(update => update.Text);

        Assert.Equal(expected, string.Join("|", pieces));
        Assert.Equal(pieces, piecesOfUpdates);
        Assert.Equal(response, (await stream.GetResponseAsync()).Reasoning);
    }

    [Fact]
    public async Task ReadReasoningAsync_OfACharacterCutInTwo_GivesItWhole()
    {
        await using var stream = new ChatScript().Respond(Stream("""{"delta":{"reasoning":"a\ud83d"}}""", """{"delta":{"reasoning":"\ude00"}}""", """{"delta":{"reasoning":"b\ud83d"}}""")).Stream();

        Assert.Equal(["a", "\U0001F600", "b", "\ud83d"], await ListAsync(stream.ReadReasoningAsync()));
    }

    [Fact]
    public async Task ReadReasoningAsync_ThenTheResponse_ReadsTheRest()
    {
        await using var stream = new ChatScript().Respond(_thoughtful).Stream();
        await ListAsync(stream.ReadReasoningAsync());

        var response = await stream.GetResponseAsync();

        Assert.Equal(("One. Two.", "Three, four.", false), (response.Reasoning, response.Text, response.IsTruncated));
    }

    [Fact]
    public async Task ReadReasoningAsync_OfAStreamWithoutText_EndsItAndTheTextIsEmpty()
    {
        await using var stream = new ChatScript().Respond(Stream("""{"delta":{"reasoning":"A"},"finish_reason":"stop"}""")).Stream();

        Assert.Equal(["A"], await ListAsync(stream.ReadReasoningAsync()));
        Assert.Empty(await ListAsync(stream.ReadTextAsync()));
        Assert.False((await stream.GetResponseAsync()).IsTruncated);
    }

    [Fact]
    public async Task ReadReasoningAsync_ToTheEndOfTheStream_ClosesIt()
    {
        var chunks = new ScriptedChunks(Wire.Read<ChatCompletionChunk>("""{"choices":[{"delta":{"reasoning":"A"},"finish_reason":"stop"}]}"""));
        var stream = StreamingChatCompletion.FromChunks(chunks);

        Assert.Equal(["A"], await ListAsync(stream.ReadReasoningAsync()));
        var disposals = chunks.Disposals;
        var response = await stream.GetResponseAsync();

        Assert.Equal((1, 1), (disposals, chunks.Enumerations));
        Assert.Equal(("A", false), (response.Reasoning, response.IsTruncated));
    }

    [Fact]
    public async Task ReadReasoningAsync_OfAToolCallWithoutText_EndsThere()
    {
        await using var stream = new ChatScript().Respond(Stream(
            """{"delta":{"reasoning":"A"}}""",
            """{"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":"{}"}}]}}""",
            """{"delta":{"reasoning":"B"},"finish_reason":"tool_calls"}""")).Stream();

        Assert.Equal(["A"], await ListAsync(stream.ReadReasoningAsync()));
        Assert.Equal("AB", (await stream.GetResponseAsync()).Reasoning);
    }

    [Fact]
    public async Task ReadUpdatesAsync_OfAToolCallWithoutArguments_HasAnEmptyText()
    {
        await using var stream = new ChatScript().Respond(Stream(
            """{"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"now"}}]},"finish_reason":"tool_calls"}""")).Stream();

        var update = Assert.Single(await ListAsync(stream.ReadUpdatesAsync()));

        Assert.Equal((ChatStreamUpdateKind.ToolCall, "", "now"), (update.Kind, update.Text, update.ToolName));
    }

    [Fact]
    public async Task Read_WithoutAChoice0AndWithoutText_YieldsNothing()
    {
        var body = Stream("""{"index":1,"delta":{"content":""},"finish_reason":"stop"}""");
        await using var texts = new ChatScript().Respond(body).Stream();
        await using var updates = new ChatScript().Respond(body).Stream();

        Assert.Empty(await ListAsync(texts.ReadTextAsync()));
        Assert.Empty(await ListAsync(updates.ReadUpdatesAsync()));
        Assert.Equal("", (await texts.GetResponseAsync()).Text);
    }

    [Fact]
    public async Task ReadReasoningAsync_OfAStreamWithoutReasoning_GivesNothingAndKeepsTheText()
    {
        await using var stream = new ChatScript().Respond(_calling).Stream();

        Assert.Empty(await ListAsync(stream.ReadReasoningAsync()));
        Assert.Equal(["Let me see."], await ListAsync(stream.ReadTextAsync()));
        Assert.Equal(2, (await stream.GetResponseAsync()).ToolCalls.Count);
    }

    [Fact]
    public async Task ReadReasoningAsync_LeftEarly_ClosesTheStream()
    {
        var script = new ChatScript().Respond(_thoughtful);
        var stream = script.Stream();
        await foreach (var thought in stream.ReadReasoningAsync())
        {
            Assert.Equal("One. ", thought);
            break;
        }

        var response = await stream.GetResponseAsync();

        Assert.Equal(("One. ", true), (response.Reasoning, response.IsTruncated));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ListAsync(stream.ReadTextAsync()));
    }

    [Theory]
    [InlineData("chunks")]
    [InlineData("updates")]
    [InlineData("reasoning")]
    public async Task Read_OtherThanAsTextAfterTheReasoning_SaysWhatToDo(string reading)
    {
        await using var stream = new ChatScript().Respond(_thoughtful).Stream();
        await ListAsync(stream.ReadReasoningAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(() => reading switch
        {
            "chunks" => ListAsync(stream),
            "updates" => ListAsync(stream.ReadUpdatesAsync()),
            _ => (Task)ListAsync(stream.ReadReasoningAsync()),
        });
        Assert.Equal(["Three, ", "four."], await ListAsync(stream.ReadTextAsync()));
    }

    [Fact]
    public async Task ReadUpdatesAsync_OfReasoningAndText_GivesBothInOrder()
    {
        await using var stream = new ChatScript().Respond(_thoughtful).Stream();

        var updates = await ListAsync(stream.ReadUpdatesAsync());

        Assert.Equal(["Reasoning: One. ", "Reasoning: Two.", "Text: Three, ", "Text: four."], updates.Select(update => $"{update.Kind}: {update.Text}"));
        Assert.All(updates, update => Assert.Null(update.ToolCallIndex));
    }

    [Fact]
    public async Task ReadUpdatesAsync_OfToolCalls_GivesThePiecesOfTheirArguments()
    {
        await using var stream = new ChatScript().Respond(_calling).Stream();

        var updates = await ListAsync(stream.ReadUpdatesAsync());

        Assert.Equal(
            ["Text   'Let me see.'", "ToolCall 0 c1 add ''", """ToolCall 0 c1 add '{"a":'""", "ToolCall 0 c1 add '1}'", "ToolCall 1 c2 sub '{}'"],
            updates.Select(update => $"{update.Kind} {update.ToolCallIndex} {update.ToolCallId} {update.ToolName} '{update.Text}'".Replace("Text    ", "Text   ")));
    }

    [Fact]
    public async Task ReadUpdatesAsync_WithoutAChoice0_YieldsTheTextOfTheResponseAtTheEnd()
    {
        await using var stream = new ChatScript().Respond(Stream("""{"index":1,"delta":{"content":"A"}}""", """{"index":1,"delta":{"content":"B"}}""")).Stream();

        Assert.Equal("AB", Assert.Single(await ListAsync(stream.ReadUpdatesAsync())).Text);
    }

    [Fact]
    public async Task ReadUpdatesAsync_OfAPlainResponse_YieldsItsParts()
    {
        const string response = """{"choices":[{"message":{"content":"A","reasoning":"B","tool_calls":[{"id":"c1","function":{"name":"add","arguments":"{}"}}]},"finish_reason":"stop"}]}""";
        await using var stream = new ChatScript().Respond(response, "application/json").Stream();

        var updates = await ListAsync(stream.ReadUpdatesAsync());

        Assert.Equal(["Reasoning B", "Text A", "ToolCall {}"], updates.Select(update => $"{update.Kind} {update.Text}"));
        Assert.Equal((0, "c1", "add"), (updates[2].ToolCallIndex, updates[2].ToolCallId, updates[2].ToolName));
    }

    [Fact]
    public async Task ReadUpdatesAsync_OfEverythingRepeatedAtTheEnd_GivesItOnce()
    {
        await using var stream = new ChatScript().Respond(Stream("""{"delta":{"content":"A","reasoning":"B"}}""", """{"message":{"content":"A","reasoning":"B"},"finish_reason":"stop"}""")).Stream();

        var updates = await ListAsync(stream.ReadUpdatesAsync());

        Assert.Equal(["Reasoning B", "Text A"], updates.Select(update => $"{update.Kind} {update.Text}"));
    }

    [Fact]
    public async Task ReadUpdatesAsync_OfCharactersNeverCompleted_GivesWhatCame()
    {
        await using var stream = new ChatScript().Respond(Stream("""{"delta":{"content":"\ud83d","reasoning":"\ud83d"}}""")).Stream();

        var updates = await ListAsync(stream.ReadUpdatesAsync());

        Assert.Equal([ChatStreamUpdateKind.Reasoning, ChatStreamUpdateKind.Text], updates.Select(update => update.Kind));
        Assert.All(updates, update => Assert.Equal("\ud83d", update.Text));
    }

    [Fact]
    public async Task Snapshot_WhileTheStreamIsRead_IsTheResponseSoFar()
    {
        await using var stream = new ChatScript().Respond(_thoughtful).Stream();
        Assert.Null(stream.Snapshot.Text);
        var snapshots = new List<string>();

        await foreach (var _ in stream.ReadTextAsync())
        {
            snapshots.Add($"{stream.Snapshot.Text}|{stream.Snapshot.Reasoning}|{stream.Snapshot.IsTruncated}");
        }

        Assert.Equal(["Three, |One. Two.|True", "Three, four.|One. Two.|True"], snapshots);
        Assert.Same(await stream.GetResponseAsync(), stream.Snapshot);
        Assert.False(stream.Snapshot.IsTruncated);
    }

    [Theory]
    [InlineData("""{"delta":{"content":"A"}}""")]
    [InlineData("""{"delta":{"reasoning":"A"}}""")]
    [InlineData("""{"delta":{"tool_calls":[{"index":0,"id":"c1"}]}}""")]
    public async Task TimeToFirstToken_OfAStream_IsThatOfTheFirstPiece(string first)
    {
        var script = new ChatScript();
        var body = new PiecewiseStream().Send(Frames("""{"delta":{"role":"assistant","content":""}}""")).Do(() => script.Time.Advance(TimeSpan.FromSeconds(3)))
            .Send(Frames(first)).Do(() => script.Time.Advance(TimeSpan.FromSeconds(5))).Send(Frames("""{"delta":{"content":"B"}}"""));
        await using var stream = script.Respond(body).Stream();
        Assert.Null(stream.TimeToFirstToken);

        await stream.GetResponseAsync();

        Assert.Equal(TimeSpan.FromSeconds(3), stream.TimeToFirstToken);
    }

    [Theory]
    [InlineData("""{"delta":{"content":"A"}}""")]
    [InlineData("""{"delta":{"reasoning":"A"}}""")]
    [InlineData("""{"delta":{"tool_calls":[{"index":0,"id":"c1"}]}}""")]
    public async Task TimeToFirstToken_AfterAudio_IsThatOfTheFirstToken(string first)
    {
        var script = new ChatScript();
        var body = new PiecewiseStream().Send(Frames("""{"delta":{"audio":{"data":"A"}}}""")).Do(() => script.Time.Advance(TimeSpan.FromSeconds(3))).Send(Frames(first));
        await using var stream = script.Respond(body).Stream();

        await stream.GetResponseAsync();

        Assert.Equal(TimeSpan.FromSeconds(3), stream.TimeToFirstToken);
    }

    [Fact]
    public async Task TimeToFirstToken_OfAStreamWithoutAny_IsNull()
    {
        await using var stream = new ChatScript().Respond(Stream("""{"delta":{"audio":{"data":"A"}},"finish_reason":"stop"}""")).Stream();

        await stream.GetResponseAsync();

        Assert.Null(stream.TimeToFirstToken);
    }

    private static string Stream(params string[] choices) => Frames(choices) + "data: [DONE]\n\n";

    private static string Reasoning(string[] deltas) =>
        Stream([.. deltas.Select(delta => $$"""{"delta":{{delta}}}"""), """{"delta":{"content":"Yes"},"finish_reason":"stop"}"""]);

    private static string Frames(params string[] choices) => ChatScript.Frames([.. choices.Select(choice => $$"""{"choices":[{{choice}}]}""")]);
}
