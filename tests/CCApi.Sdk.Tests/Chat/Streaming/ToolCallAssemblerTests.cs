using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ToolCallAssemblerTests
{
    [Theory]
    // By index.
    [InlineData("c1 f {\"a\":1}", """{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}""", """{"index":0,"function":{"arguments":"{\"a\""}}""", """{"index":0,"function":{"arguments":":1}"}}""")]
    [InlineData("c1 f ab|c2 g xy", """{"index":0,"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"index":1,"id":"c2","function":{"name":"g","arguments":"x"}}""", """{"index":0,"function":{"arguments":"b"}}""", """{"index":1,"function":{"arguments":"y"}}""")]
    // The id and the name in every piece, or empty after the first.
    [InlineData("c1 f ab", """{"index":0,"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"index":0,"id":"c1","function":{"name":"f","arguments":"b"}}""")]
    [InlineData("c1 f ab", """{"index":0,"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"index":0,"id":"","function":{"name":"","arguments":"b"}}""")]
    [InlineData("c1 f ab", """{"index":0,"id":"","function":{"name":null,"arguments":"a"}}""", """{"index":0,"id":"c1","function":{"name":"f","arguments":"b"}}""")]
    // Another id without a name is the same call.
    [InlineData("c1 f ab", """{"index":0,"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"index":0,"id":"c9","function":{"arguments":"b"}}""")]
    // One index for all calls.
    [InlineData("c1 f a|c2 f b", """{"index":0,"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"index":0,"id":"c2","function":{"name":"f","arguments":"b"}}""")]
    [InlineData("c1 f a|c2 g bc", """{"index":0,"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"index":0,"id":"c2","function":{"name":"g","arguments":"b"}}""", """{"index":0,"function":{"arguments":"c"}}""")]
    [InlineData("c1 f ac|c2 g b", """{"index":0,"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"index":0,"id":"c2","function":{"name":"g","arguments":"b"}}""", """{"index":0,"id":"c1","function":{"arguments":"c"}}""")]
    // No index: by id, else the last.
    [InlineData("c1 f ab", """{"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"function":{"arguments":"b"}}""")]
    [InlineData("c1 f a|c2 g bc", """{"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"id":"c2","function":{"name":"g","arguments":"b"}}""", """{"index":null,"id":"","function":{"arguments":"c"}}""")]
    [InlineData("c1 f ac|c2 g b", """{"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"id":"c2","function":{"name":"g","arguments":"b"}}""", """{"id":"c1","function":{"arguments":"c"}}""")]
    [InlineData("c1 f ab", """{"function":{"name":"f","arguments":"a"}}""", """{"id":"c1","function":{"arguments":"b"}}""")]
    [InlineData("c1 f ab", """{"id":"","function":{"name":"f","arguments":"a"}}""", """{"id":"c1","function":{"arguments":"b"}}""")]
    [InlineData("c1 f ac|- g b", """{"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"index":7,"function":{"name":"g","arguments":"b"}}""", """{"id":"c1","function":{"arguments":"c"}}""")]
    [InlineData("- f a|c2 g b", """{"function":{"name":"f","arguments":"a"}}""", """{"id":"c2","function":{"name":"g","arguments":"b"}}""")]
    [InlineData("c1 f ab", """{"index":0,"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"function":{"arguments":"b"}}""")]
    [InlineData("c1 f ab", """{"id":"c1","function":{"name":"f","arguments":"a"}}""", """{"index":0,"function":{"arguments":"b"}}""")]
    // Arguments.
    [InlineData("c1 f -", """{"id":"c1","function":{"name":"f"}}""")]
    [InlineData("c1 f -", """{"id":"c1","function":{"name":"f","arguments":null}}""")]
    [InlineData("c1 f ", """{"id":"c1","function":{"name":"f","arguments":""}}""", """{"function":{"arguments":null}}""")]
    [InlineData("c1 f {\"a\": 1}", """{"id":"c1","function":{"name":"f","arguments":{"a": 1}}}""")]
    [InlineData("c1 f {\"a\":1}", """{"id":"c1","function":{"name":"f","arguments":""}}""", """{"function":{"arguments":{"a":1}}}""", """{"function":{"arguments":""}}""")]
    // An index for each piece, or an id for each.
    [InlineData("c1 f {\"a\":1}", """{"index":0,"id":"c1","function":{"name":"f","arguments":"{\"a\""}}""", """{"index":1,"id":"c1","function":{"arguments":":1"}}""", """{"index":2,"id":"c1","function":{"name":"f","arguments":"}"}}""")]
    [InlineData("c1 f {\"a\":1}", """{"index":0,"id":"c1","function":{"name":"f","arguments":"{\"a\""}}""", """{"index":1,"function":{"arguments":":1}"}}""")]
    [InlineData("c1 f {\"a\":1}", """{"index":0,"id":"c1","function":{"name":"f","arguments":"{\"a\""}}""", """{"index":0,"id":"c2","function":{"name":"f","arguments":":1}"}}""")]
    [InlineData("c1 f {\"a\"|c1 g {\"b\"", """{"index":0,"id":"c1","function":{"name":"f","arguments":"{\"a\""}}""", """{"index":1,"id":"c1","function":{"name":"g","arguments":"{\"b\""}}""")]
    [InlineData("c1 f {\"a\":1}|c1 f {\"a\":2}", """{"index":0,"id":"c1","function":{"name":"f","arguments":"{\"a\":1}"}}""", """{"index":1,"id":"c1","function":{"name":"f","arguments":"{\"a\":2}"}}""")]
    // One index for all calls, and no ids: whole calls, openings with arguments in pieces, and the name in each piece.
    [InlineData("- a {\"x\":1}|- b {\"y\":2}", """{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"index":0,"function":{"name":"b","arguments":"{\"y\":2}"}}""")]
    [InlineData("- a {\"x\":1}|- a {\"y\":2}", """{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"index":0,"function":{"name":"a","arguments":"{\"y\":2}"}}""")]
    [InlineData(" a {\"x\":1}| a {\"y\":2}", """{"index":0,"id":"","function":{"name":"a","arguments":""}}""", """{"index":0,"function":{"arguments":"{\"x\":1}"}}""", """{"index":0,"id":"","function":{"name":"a","arguments":""}}""", """{"index":0,"function":{"arguments":"{\"y\":"}}""", """{"index":0,"function":{"arguments":"2}"}}""")]
    [InlineData("- a {\"x\":1}|- b {}", """{"index":0,"function":{"name":"a","arguments":"{\"x\":"}}""", """{"index":0,"function":{"name":"a","arguments":"1}"}}""", """{"index":0,"function":{"name":"b","arguments":"{}"}}""")]
    [InlineData("- a |- b ", """{"index":0,"function":{"name":"a","arguments":""}}""", """{"index":0,"function":{"name":"b","arguments":""}}""")]
    // Neither index nor id.
    [InlineData("- a {\"x\":1}|- b {\"y\":2}", """{"function":{"name":"a","arguments":"{\"x\":"}}""", """{"function":{"arguments":"1}"}}""", """{"function":{"name":"b","arguments":"{\"y\":2}"}}""")]
    [InlineData("- a {\"x\":1}|- a {\"x\":1}", """{"function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"function":{"name":"a","arguments":"{\"x\":1}"}}""")]
    // The name in pieces, as OpenAI's are not: after an id, with it in each piece, cumulative, and another call after it.
    [InlineData("c1 edit_existing_file {\"a\":1}", """{"index":0,"id":"c1","function":{"name":"edit_ex","arguments":""}}""", """{"index":0,"function":{"name":"isting_"}}""", """{"index":0,"function":{"name":"file","arguments":""}}""", """{"index":0,"function":{"arguments":"{\"a\":1}"}}""")]
    [InlineData("c1 get_time {}", """{"index":0,"id":"c1","function":{"name":"get_","arguments":""}}""", """{"index":0,"id":"","function":{"name":"time","arguments":"{}"}}""")]
    [InlineData("c1 get_time {}", """{"index":0,"id":"c1","function":{"name":"get_"}}""", """{"index":0,"id":"c1","function":{"name":"time"}}""", """{"index":0,"id":"c1","function":{"arguments":"{}"}}""")]
    [InlineData("c1 get_time {}", """{"index":0,"id":"c1","function":{"name":"get_"}}""", """{"index":0,"function":{"name":"get_time"}}""", """{"index":0,"function":{"name":"get_time","arguments":"{}"}}""")]
    [InlineData("c1 f |c2 g {}", """{"index":0,"id":"c1","function":{"name":"f","arguments":""}}""", """{"index":0,"id":"c2","function":{"name":"g","arguments":"{}"}}""")]
    [InlineData("c1 f |- g {}", """{"index":0,"id":"c1","function":{"name":"f","arguments":""}}""", """{"index":1,"function":{"name":"g","arguments":"{}"}}""")]
    // An index that is used again with another name.
    [InlineData("c1 a {\"x\":1}|- b {}", """{"index":3,"id":"c1","function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"index":3,"function":{"name":"b","arguments":"{}"}}""")]
    // The name once more, and nothing else.
    [InlineData("c1 a {\"x\":1}", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"index":0,"function":{"name":"a","arguments":""}}""", """{"index":0,"function":{"name":"a"}}""")]
    [InlineData("- a {\"x\":1}|- b {}", """{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"index":0,"function":{"name":"a","arguments":""}}""", """{"index":1,"function":{"name":"b","arguments":"{}"}}""")]
    [InlineData("- a {\"x\":1} |- b {}", """{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"index":0,"function":{"name":"a"}}""", """{"index":1,"function":{"name":"b","arguments":"{}"}}""", """{"index":0,"function":{"arguments":" "}}""")]
    [InlineData("- a {\"x\":1} |- b {}", """{"function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"function":{"name":"a"}}""", """{"index":1,"function":{"name":"b","arguments":"{}"}}""", """{"index":5,"function":{"arguments":" "}}""")]
    [InlineData("c9 a {\"x\":1} |c2 b {}", """{"function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"function":{"name":"a"}}""", """{"id":"c2","function":{"name":"b","arguments":"{}"}}""", """{"id":"c9","function":{"arguments":" "}}""")]
    // Arguments that are repeated, whole so far in each piece, or empty before the real ones.
    [InlineData("c1 a {\"x\":1}", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{\"x\":"}}""", """{"index":0,"function":{"arguments":"1}"}}""", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{\"x\":1}"}}""")]
    [InlineData("- a {\"x\":1}", """{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}""")]
    [InlineData("- a {\"x\":1}", """{"index":0,"function":{"name":"a","arguments":"{\"x"}}""", """{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}""")]
    [InlineData("c1 a {\"x\":1}", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{}"}}""", """{"index":0,"function":{"arguments":"{\"x\":"}}""", """{"index":0,"function":{"arguments":"1}"}}""")]
    [InlineData("- a {\"x\":1}", """{"index":0,"function":{"name":"a","arguments":"{}"}}""", """{"index":0,"function":{"name":"a","arguments":"{\"x\":"}}""", """{"index":0,"function":{"name":"a","arguments":"1}"}}""")]
    [InlineData("c1 a {\"x\":1}", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{ \"x\": 1 }"}}""")]
    [InlineData("c1 a {\"x\":1}", """{"index":0,"id":"c1","function":{"name":"a","arguments":"null"}}""", """{"index":0,"function":{"arguments":"{\"x\":"}}""", """{"index":0,"function":{"arguments":"1}"}}""")]
    [InlineData("c1 a {\"x\":1}", """{"index":0,"id":"c1","function":{"name":"a","arguments":"[]"}}""", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{\"x\":1}"}}""")]
    [InlineData("c1 a {\"x\":1}", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"index":0,"function":{"arguments":"{}"}}""")]
    [InlineData("c1 a {\"x\":1}", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{\"x\":1}"}}""", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{}"}}""")]
    [InlineData("c1 a {\"x\":1}", """{"index":0,"id":"c1","function":{"name":"a","arguments":"{}"}}""", """{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}""")]
    [InlineData("- a {}|- a {\"x\":1}", """{"index":0,"function":{"name":"a","arguments":"{}"}}""", """{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}""")]
    // An id for each piece.
    [InlineData("c1 a {\"x\":1}|c4 b {}", """{"id":"c1","function":{"name":"a","arguments":"{\"x\":"}}""", """{"id":"c2","function":{"arguments":"1"}}""", """{"id":"c3","function":{"arguments":"}"}}""", """{"id":"c4","function":{"name":"b","arguments":"{}"}}""")]
    // Without the object around name and arguments.
    [InlineData("c1 a {\"x\":1}", """{"index":0,"id":"c1","name":"a","arguments":"{\"x\":"}""", """{"index":0,"arguments":"1}"}""")]
    // One id for all calls.
    [InlineData("c1 f {\"x\":1}|c1 g {\"y\":2}", """{"id":"c1","function":{"name":"f","arguments":"{\"x\":1}"}}""", """{"id":"c1","function":{"name":"g","arguments":"{\"y\":2}"}}""")]
    [InlineData("c0 f {\"x\":1}|c0 f {\"x\":2}", """{"index":0,"id":"c0","function":{"name":"f","arguments":"{\"x\":1}"}}""", """{"index":0,"id":"c0","function":{"name":"f","arguments":"{\"x\":2}"}}""")]
    [InlineData("c0 f {\"x\":1}|c0 f {\"x\":2}", """{"index":0,"id":"c0","function":{"name":"f","arguments":"{\"x\":1}"}}""", """{"index":0,"id":"c0","function":{"name":"f","arguments":"{\"x\":"}}""", """{"index":0,"id":"c0","function":{"arguments":"2}"}}""")]
    [InlineData("c0 f {\"x\":1}", """{"id":"c0","function":{"name":"f","arguments":"{\"x\":1}"}}""", """{"id":"c0","function":{"name":"f","arguments":""}}""", """{"id":"c0","function":{"name":"f"}}""")]
    [InlineData("c0 f {\"x\":1} ", """{"id":"c0","function":{"name":"f","arguments":"{\"x\":1}"}}""", """{"id":"c0","function":{"name":"f","arguments":" "}}""")]
    // One id with several indexes.
    [InlineData("c a {}|c b {\"y\":1}", """{"index":0,"id":"c","function":{"name":"a","arguments":"{}"}}""", """{"index":1,"id":"c","function":{"name":"b","arguments":"{\"y\":"}}""", """{"index":1,"id":"c","function":{"arguments":"1}"}}""")]
    // A call without an index or an id continues with one, unless the piece has a name.
    [InlineData("c1 f {\"a\":1}|c2 g {\"b\"", """{"id":"c1","function":{"name":"f","arguments":"{\"a\""}}""", """{"index":7,"id":"c2","function":{"name":"g","arguments":"{\"b\""}}""", """{"index":0,"function":{"arguments":":1}"}}""")]
    [InlineData("- f {\"a\"|- f {\"b\"", """{"function":{"name":"f","arguments":"{\"a\""}}""", """{"index":0,"function":{"name":"f","arguments":"{\"b\""}}""")]
    [InlineData("c1 f {\"a\":1}|c2 g {\"b\"", """{"function":{"name":"f","arguments":"{\"a\""}}""", """{"id":"c2","function":{"name":"g","arguments":"{\"b\""}}""", """{"id":"c1","function":{"arguments":":1}"}}""")]
    [InlineData("- f {\"a\"|c2 f {\"b\"", """{"function":{"name":"f","arguments":"{\"a\""}}""", """{"id":"c2","function":{"name":"f","arguments":"{\"b\""}}""")]
    // Nothing of all that.
    [InlineData("c1 - -", """{"id":"c1"}""")]
    [InlineData("- - -", """{}""")]
    public void ToList_OfPieces_PutsThemTogether(string expected, params string[] pieces)
    {
        var calls = new ToolCallAssembler();
        foreach (var piece in pieces)
        {
            calls.Add([Wire.Read<ChatToolCall>(piece)]);
        }

        var texts = calls.ToList()!.Select(call => $"{call.Id ?? "-"} {call.Function?.Name ?? "-"} {call.Function?.Arguments?.ToString() ?? "-"}");
        Assert.Equal(expected, string.Join("|", texts));
    }

    [Theory]
    [InlineData("- a {}|- a {}", """[{"function":{"name":"a","arguments":"{}"}},{"function":{"name":"a","arguments":"{}"}}]""")]
    [InlineData("- a {\"x\":1}|- b {}", """[{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}},{"index":0,"function":{"name":"b","arguments":"{}"}}]""")]
    [InlineData("- a {\"x\":1}|- a {\"x\":1}", """[{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}},{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}]""")]
    [InlineData("- a {}|- a ", """[{"index":0,"function":{"name":"a","arguments":"{}"}},{"index":0,"function":{"name":"a","arguments":""}}]""")]
    [InlineData("c1 a {}|c2 a {}", """[{"id":"c1","function":{"name":"a","arguments":"{}"}},{"id":"c2","function":{"name":"a","arguments":"{}"}}]""")]
    public void ToList_OfCallsInOneChunk_KeepsThemApart(string expected, string list)
    {
        var calls = new ToolCallAssembler();

        calls.Add(Wire.Read<ChatCompletionDelta>($"{{\"tool_calls\":{list}}}").ToolCalls);

        var texts = calls.ToList()!.Select(call => $"{call.Id ?? "-"} {call.Function?.Name ?? "-"} {call.Function?.Arguments?.ToString() ?? "-"}");
        Assert.Equal(expected, string.Join("|", texts));
    }

    [Fact]
    public void CallOf_OfAPieceThatOnlyRepeatsTheName_IsNull()
    {
        var calls = new ToolCallAssembler();
        calls.Add([Wire.Read<ChatToolCall>("""{"index":0,"function":{"name":"f","arguments":"{}"}}""")]);
        calls.BeginChunk();

        calls.Add([Wire.Read<ChatToolCall>("""{"index":0,"function":{"name":"f","arguments":""}}""")]);

        Assert.Null(calls.CallOf(0));
    }

    [Fact]
    public void CallOf_OfTheCallAfterARepeatedName_IsTheSecondCall()
    {
        var calls = new ToolCallAssembler();
        calls.Add([Wire.Read<ChatToolCall>("""{"index":0,"function":{"name":"f","arguments":"{}"}}""")]);
        calls.Add([Wire.Read<ChatToolCall>("""{"index":0,"function":{"name":"f"}}""")]);
        calls.BeginChunk();

        calls.Add([Wire.Read<ChatToolCall>("""{"index":1,"function":{"name":"g","arguments":"{}"}}""")]);

        Assert.Equal((1, null, "g"), calls.CallOf(0));
    }

    [Fact]
    public void CallOf_OfTheArgumentsAfterARepeatedName_IsTheSecondCall()
    {
        var calls = new ToolCallAssembler();
        calls.Add([Wire.Read<ChatToolCall>("""{"index":0,"function":{"name":"f","arguments":"{}"}}"""), Wire.Read<ChatToolCall>("""{"index":0,"function":{"name":"f","arguments":""}}""")]);
        calls.BeginChunk();

        calls.Add([Wire.Read<ChatToolCall>("""{"index":0,"function":{"arguments":"{\"x\":1}"}}""")]);

        Assert.Equal((1, null, "f"), calls.CallOf(0));
    }

    [Fact]
    public void ToList_OfEverything_IsTheCall()
    {
        var calls = new ToolCallAssembler();
        calls.Add([Wire.Read<ChatToolCall>("""{"index":0,"id":"c1","type":"","function":{"name":"f","arguments":"{\"a\":","x":1},"extra_content":{"google":{"thought_signature":"s"}}}""")]);

        calls.Add([Wire.Read<ChatToolCall>("""{"index":0,"type":"function","function":{"arguments":"1}","y":2}}""")]);

        Assert.Equal(
            """{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}","x":1,"y":2},"extra_content":{"google":{"thought_signature":"s"}}}""",
            Wire.Write(Assert.Single(calls.ToList()!)));
    }

    [Fact]
    public void ToList_OfAnEmptyTypeThatNothingReplaces_KeepsIt()
    {
        var calls = new ToolCallAssembler();
        calls.Add([Wire.Read<ChatToolCall>("""{"index":0,"id":"c1","type":""}""")]);

        calls.Add([Wire.Read<ChatToolCall>("""{"index":0}""")]);

        Assert.Equal("", Assert.Single(calls.ToList()!).Type?.Value);
    }

    [Fact]
    public void ToList_OfArgumentsInAnObject_KeepsTheObject()
    {
        var calls = new ToolCallAssembler();

        calls.Add([Wire.Read<ChatToolCall>("""{"id":"c1","function":{"name":"f","arguments":{"a": 1}}}""")]);

        Assert.Equal("""{"id":"c1","function":{"name":"f","arguments":{"a": 1}}}""", Wire.Write(Assert.Single(calls.ToList()!)));
    }

    [Fact]
    public void ToList_OfNothing_IsNull()
    {
        var calls = new ToolCallAssembler();

        calls.Add(pieces: null);

        Assert.Null(calls.ToList());
    }

    [Fact]
    public void ToList_OfAnEmptyList_IsEmpty()
    {
        var calls = new ToolCallAssembler();

        calls.Add([]);

        Assert.Empty(calls.ToList()!);
    }
}
