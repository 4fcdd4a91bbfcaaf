using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ChoiceAssemblerTests
{
    [Theory]
    // Role.
    [InlineData("{}", "{}")]
    [InlineData("""{"message":{"role":"assistant"}}""", """{"delta":null}""", """{"delta":{"role":null}}""", """{"delta":{"role":""}}""")]
    [InlineData("""{"message":{"role":"tool"}}""", """{"delta":{"role":""}}""", """{"delta":{"role":"tool"}}""", """{"delta":{"role":"user"}}""")]
    // Finish reason: the last that says something, verbatim.
    [InlineData("{}", """{"finish_reason":null}""")]
    [InlineData("""{"finish_reason":""}""", """{"finish_reason":""}""")]
    [InlineData("""{"native_finish_reason":""}""", """{"native_finish_reason":""}""")]
    [InlineData("""{"finish_reason":"eos_token","native_finish_reason":"EOS"}""", """{"finish_reason":"stop","native_finish_reason":"EOS"}""", """{"finish_reason":"eos_token","native_finish_reason":""}""", """{"finish_reason":""}""", """{"finish_reason":null}""")]
    // Delta and message.
    [InlineData("""{"message":{"role":"assistant","content":"ab"}}""", """{"delta":{"content":"a"},"message":{"content":"a"}}""", """{"delta":{"content":"b"},"message":{"content":"ab"}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"ab"}}""", """{"delta":{"content":"a"}}""", """{"delta":{"content":"b"}}""", """{"message":{"content":"ab","name":"x"}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"ab"}}""", """{"delta":{"content":"ab"}}""", """{"delta":{"content":""},"message":{"content":"ab"}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"a","name":"x"}}""", """{"message":{"content":"a","name":"x"}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"a"}}""", """{"message":{"content":"a"}}""", """{"message":{"content":"a"}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"a"}}""", """{"delta":{"role":"assistant","content":"","x":null},"message":{"content":"a"}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"a"}}""", """{"message":{"role":"assistant","content":""}}""", """{"message":{"content":"a"}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"ab"}}""", """{"message":{"content":"a"}}""", """{"delta":{"content":"b"}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"abc"}}""", """{"message":{"content":"a"}}""", """{"delta":{"content":"b"}}""", """{"delta":{"content":"c"}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"a","name":"x"}}""", """{"message":{"content":"a","name":"x"}}""", """{"delta":{}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"a","tool_calls":[{"id":"c1"}]}}""", """{"message":{"content":"a"}}""", """{"delta":{"tool_calls":[{"id":"c1"}]}}""")]
    // Texts.
    [InlineData("""{"message":{"role":"assistant","refusal":"ab","reasoning_content":"cd","reasoning":"ef"}}""", """{"delta":{"refusal":"a","reasoning_content":"c","reasoning":"e"}}""", """{"delta":{"refusal":"b","reasoning_content":"d","reasoning":"f"}}""")]
    [InlineData("""{"message":{"role":"assistant","reasoning_details":[{"text":"a"},{"text":"b"}]}}""", """{"delta":{"reasoning_details":[{"text":"a"}]}}""", """{"delta":{"reasoning_details":[{"text":"b"}]}}""")]
    [InlineData("""{"message":{"role":"assistant","tool_calls":[{"id":"c1"}]}}""", """{"delta":{"tool_calls":null}}""", """{"delta":{"tool_calls":[]}}""", """{"delta":{"tool_calls":[{"id":"c1"}]}}""")]
    [InlineData("""{"message":{"role":"assistant","content":null,"tool_calls":[{"id":"c1"}]}}""", """{"delta":{"content":null}}""", """{"delta":{"tool_calls":[{"id":"c1"}]}}""")]
    [InlineData("""{"message":{"role":"assistant","content":"a","tool_calls":[{"id":"c1"}]}}""", """{"delta":{"content":null,"tool_calls":[{"id":"c1"}]}}""", """{"delta":{"content":"a"}}""")]
    // Unknown members.
    [InlineData("""{"message":{"role":"assistant","function_call":{"name":"f","arguments":"ab"},"images":[1,2]},"x":3}""", """{"delta":{"function_call":{"name":"f","arguments":"a"},"images":[1]},"x":2}""", """{"delta":{"function_call":{"arguments":"b"},"images":[2]},"x":3}""")]
    [InlineData("""{"finish_reason":"stop","usage":{"total_tokens":3}}""", """{"usage":{"total_tokens":3}}""", """{"finish_reason":"stop"}""")]
    [InlineData("""{"x":1,"usage":{"total_tokens":3}}""", """{"x":1,"usage":{"total_tokens":3}}""")]
    // Log probabilities.
    [InlineData("""{"logprobs":{"content":[{"token":"a"},{"token":"b"},{"token":"c"}],"refusal":[{"token":"r"}],"x":2}}""", """{"logprobs":{"content":[{"token":"a"},{"token":"b"}],"x":1}}""", """{"logprobs":null}""", """{"logprobs":{"content":[{"token":"c"}],"refusal":[{"token":"r"}],"x":2}}""")]
    public void ToChoice_OfPieces_PutsThemTogether(string expected, params string[] pieces)
    {
        var choice = new ChoiceAssembler(index: null);
        foreach (var piece in pieces)
        {
            choice.Add(Wire.Read<ChatCompletionChunkChoice>(piece));
        }

        Assert.Empty(JsonTree.Differences(expected, Wire.Write(choice.ToChoice())));
    }

    [Fact]
    public void Add_OfChunksOfTheCaller_LeavesThemAlone()
    {
        string[] pieces = ["""{"logprobs":{"content":[{"token":"a"},{"token":"b"}],"x":[1]},"y":[1]}""", """{"logprobs":{"content":[{"token":"c"}],"x":[2]},"y":[2]}"""];
        var parts = pieces.Select(Wire.Read<ChatCompletionChunkChoice>).ToArray();
        var choice = new ChoiceAssembler(index: null);

        foreach (var part in parts)
        {
            choice.Add(part);
        }

        Assert.Equal(pieces, parts.Select(Wire.Write));
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"finish_reason":""}""", false)]
    [InlineData("""{"finish_reason":"length"}""", true)]
    public void IsFinished_OfAPiece_IsWhetherItSaysWhy(string piece, bool expected)
    {
        var choice = new ChoiceAssembler(index: null);

        choice.Add(Wire.Read<ChatCompletionChunkChoice>(piece));

        Assert.Equal(expected, choice.IsFinished);
    }

    [Theory]
    [InlineData("""{"delta":{"content":"a"},"message":{"content":"b"}}""", "a")]
    [InlineData("""{"delta":{},"message":{"content":"b"}}""", "b")]
    [InlineData("""{"message":{"content":""}}""", null)]
    [InlineData("{}", null)]
    public void Add_OfAPiece_ReturnsItsText(string piece, string? expected)
    {
        var text = new ChoiceAssembler(index: null).Add(Wire.Read<ChatCompletionChunkChoice>(piece));

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData(1, null, null, """{"delta":{"tool_calls":[{"index":0}]}}""", """{"delta":{"tool_calls":[{"index":1}]}}""")]
    [InlineData(0, "c1", "f", """{"message":{"content":"a"}}""", """{"delta":{"tool_calls":[{"id":"c1","function":{"name":"f","arguments":"{"}}]}}""", """{"delta":{"tool_calls":[{"function":{"arguments":"}"}}]}}""")]
    [InlineData(0, "c1", "f", """{"message":{"tool_calls":[{"id":"c1","function":{"name":"f","arguments":"{}"}}]}}""")]
    public void ToolCallOf_ThePieceOfTheLastChunk_IsItsCall(int index, string? id, string? name, params string[] chunks)
    {
        var choice = new ChoiceAssembler(index: null);
        foreach (var chunk in chunks)
        {
            choice.BeginChunk();
            choice.Add(Wire.Read<ChatCompletionChunkChoice>(chunk));
        }

        Assert.Equal((index, id, name), choice.ToolCallOf(0));
    }

    [Fact]
    public void ToolCallOf_APieceThatTheMessageDoesNotHave_IsNull()
    {
        var choice = new ChoiceAssembler(index: null);

        choice.Add(Wire.Read<ChatCompletionChunkChoice>("""{"message":{"tool_calls":[{"id":"c1"}]}}"""));

        Assert.Equal((0, "c1", null), choice.ToolCallOf(0));
        Assert.Null(choice.ToolCallOf(1));
    }

    [Fact]
    public void AddText_OfTheFirstPiece_IsItsText()
    {
        var choice = new ChoiceAssembler(index: null);

        Assert.Equal("a", choice.AddText(TextSlot.Content, "a"));
        Assert.Equal("""{"message":{"role":"assistant","content":"a"}}""", Wire.Write(choice.ToChoice()));
    }

    [Fact]
    public void Add_OfAMessageAfterDeltas_ReturnsNoTextAgain()
    {
        var choice = new ChoiceAssembler(index: null);
        choice.Add(Wire.Read<ChatCompletionChunkChoice>("""{"delta":{"content":"a"}}"""));

        var text = choice.Add(Wire.Read<ChatCompletionChunkChoice>("""{"message":{"content":"a"}}"""));

        Assert.Null(text);
    }
}
