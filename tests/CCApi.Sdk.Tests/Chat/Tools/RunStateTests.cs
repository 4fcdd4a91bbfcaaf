using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class RunStateTests
{
    private readonly RunState _state = new(ChatScript.Request, [], new ChatRunOptions());

    [Fact]
    public void Next_OfALaterTurn_DoesNotChangeTheRequestBefore()
    {
        var first = _state.Next();
        _state.Add(Answer("""{"content":"Hi"}"""));

        Assert.Equal((1, 2), (first.Messages.Count, _state.Next().Messages.Count));
    }

    [Theory]
    [InlineData("""{"choices":[{"finish_reason":"length"}]}""", true)]
    [InlineData("""{"choices":[{"finish_reason":"tool_calls"}]}""", false)]
    [InlineData("""{"choices":[]}""", false)]
    public void IsCut_OfAnAnswer_IsWhetherItsEndIsMissing(string response, bool expected)
    {
        _state.Add(Wire.Read<ChatCompletionResponse>(response));

        Assert.Equal(expected, _state.IsCut);
    }

    [Fact]
    public void Add_OfChoicesInAnotherOrder_TakesTheFirst()
    {
        var step = _state.Add(Wire.Read<ChatCompletionResponse>("""{"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]}"""));

        Assert.Equal(("a", "a"), (step.Text, step.Message!.Content!.Value.Text));
    }

    [Fact]
    public void Done_OfALimit_AnswersEveryOpenCall()
    {
        _state.Add(Answer(ToolScript.Calls("x a {}", "y b {}")));

        Assert.Equal([null, null, "x", "y"], _state.Done(ChatRunEnd.TokenLimit).Messages.Select(message => message.ToolCallId));
    }

    [Fact]
    public void Done_OfTooManyErrors_AddsNothing()
    {
        _state.Add(Answer(ToolScript.Calls("x a {}")));
        _state.Add([new ChatToolResultStep(_state.Calls[0], "no", isError: true)]);

        Assert.Equal([null, null, "x"], _state.Done(ChatRunEnd.TooManyErrors).Messages.Select(message => message.ToolCallId));
    }

    private static ChatCompletionResponse Answer(string message) => Wire.Read<ChatCompletionResponse>(ChatScript.Plain(message));
}
