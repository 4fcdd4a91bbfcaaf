using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

/// <summary>The members of messages are compared in <see cref="ChoiceAssemblerTests"/>.</summary>
public class MessageAssemblerTests
{
    private readonly MessageAssembler _message = new();

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"role":"assistant","content":"","refusal":"","tool_calls":[],"reasoning":"","reasoning_content":"","x":null}""", false)]
    [InlineData("""{"content":"a"}""", true)]
    [InlineData("""{"content":[{"type":"new"}]}""", true)]
    [InlineData("""{"refusal":"a"}""", true)]
    [InlineData("""{"tool_calls":[{"id":"c1"}]}""", true)]
    [InlineData("""{"reasoning_content":"a"}""", true)]
    [InlineData("""{"reasoning":"a"}""", true)]
    [InlineData("""{"reasoning_details":[]}""", true)]
    [InlineData("""{"x":0}""", true)]
    public void HasContent_AfterADelta_IsWhetherItHasMoreThanItsRole(string delta, bool expected)
    {
        _message.Add(Delta(delta));
        var first = _message.HasContent;
        _message.Add(Delta("{}"));

        Assert.Equal((expected, expected), (first, _message.HasContent));
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":null,"tool_calls":[{"id":"c1"}]}""", """{"content":null}""", """{"tool_calls":[{"id":"c1"}]}""")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"c1"}]}""", """{"tool_calls":[{"id":"c1"}]}""")]
    [InlineData("""{"role":"assistant","content":"a","tool_calls":[{"id":"c1"}]}""", """{"content":null,"tool_calls":[{"id":"c1"}]}""", """{"content":"a"}""")]
    [InlineData("""{"role":"assistant"}""", """{"content":null}""")]
    public void ToMessage_OfAContentThatIsNull_WritesItBesideToolCalls(string expected, params string[] deltas)
    {
        foreach (var delta in deltas)
        {
            _message.Add(Delta(delta));
        }

        Assert.Equal(expected, Wire.Write(_message.ToMessage()));
    }

    [Fact]
    public void AddText_OfEachSlot_ReturnsContentOnly()
    {
        var content = _message.AddText(TextSlot.Content, "a");
        var first = (content, _message.AddedReasoning);
        var second = (_message.AddText(TextSlot.Reasoning, "b"), _message.AddedReasoning);
        var third = (_message.AddText(TextSlot.Content, "c"), _message.AddedReasoning);

        Assert.Equal([("a", null), (null, "b"), ("c", null)], new (string?, string?)[] { first, second, third });
        Assert.Equal("""{"role":"assistant","content":"ac","reasoning":"b"}""", Wire.Write(_message.ToMessage()));
    }

    [Fact]
    public void AddText_ReasoningContent_IsThatMember()
    {
        _message.AddText(TextSlot.ReasoningContent, "a");

        Assert.Equal("""{"role":"assistant","reasoning_content":"a"}""", Wire.Write(_message.ToMessage()));
    }

    [Fact]
    public void CallOf_PiecesOfOneChunk_AreThoseAddedSinceItBegan()
    {
        _message.Add(Delta("""{"tool_calls":[{"index":0,"id":"x","function":{"name":"f"}}]}"""));
        _message.BeginChunk();
        _message.Add(Delta("""{"tool_calls":[{"index":1,"id":"y","function":{"name":"g"}}]}"""));

        Assert.Equal((1, "y", "g"), _message.CallOf(0));
    }

    private static ChatCompletionDelta Delta(string json) => Wire.Read<ChatCompletionDelta>(json);
}
