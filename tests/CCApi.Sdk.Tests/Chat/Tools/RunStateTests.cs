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
        _state.Add(Respond("""{"content":"Hi"}"""));

        Assert.Equal((1, 2), (first.Messages.Count, _state.Next().Messages.Count));
    }

    [Theory]
    [InlineData("""{"choices":[{"finish_reason":"length"}]}""", true)]
    [InlineData("""{"choices":[{"finish_reason":"tool_calls"}]}""", false)]
    [InlineData("""{"choices":[]}""", false)]
    public void IsTruncated_OfAResponse_IsWhetherItsEndIsMissing(string response, bool expected)
    {
        _state.Add(Wire.Read<ChatCompletionResponse>(response));

        Assert.Equal(expected, _state.IsTruncated);
    }

    [Fact]
    public void Add_OfChoicesInAnotherOrder_UsesTheFirst()
    {
        var step = _state.Add(Wire.Read<ChatCompletionResponse>("""{"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]}"""));

        Assert.Equal(("a", "a"), (step.Text, step.Message!.Content!.Value.Text));
    }

    [Fact]
    public void Done_OfALimit_GivesEveryOpenCallAResult()
    {
        _state.Add(Respond(ToolScript.Calls("x a {}", "y b {}")));

        Assert.Equal([null, null, "x", "y"], _state.Done(ChatRunEnd.TokenLimit).Messages.Select(message => message.ToolCallId));
    }

    [Fact]
    public void Done_OfTooManyErrors_AddsNothing()
    {
        _state.Add(Respond(ToolScript.Calls("x a {}")));
        _state.Add(new ChatToolResultStep(_state.Calls[0], "no", isError: true));

        Assert.Equal([null, null, "x"], _state.Done(ChatRunEnd.TooManyErrors).Messages.Select(message => message.ToolCallId));
    }

    [Fact]
    public void Progress_InTheMiddleOfATurn_HasItsResultsAndCompletesTheOthers()
    {
        _state.Add(Respond(ToolScript.Calls("x a {}", "y a {}")));
        _state.Add(new ChatToolResultStep(_state.Calls[0], "done"));

        var progress = _state.Progress();

        Assert.Equal((1, 10L, "tool_calls"), (progress.Turns, progress.Usage!.TotalTokens, progress.Response!.ToolCalls.Count == 2 ? "tool_calls" : ""));
        Assert.Equal(
            ["""{"role":"tool","content":"done","tool_call_id":"x"}""", """{"role":"tool","content":"{\"error\":\"This call has no result, because the run was interrupted.\"}","tool_call_id":"y"}"""],
            progress.Messages.Skip(2).Select(message => Wire.Write(message)));
    }

    [Fact]
    public void Progress_BeforeTheFirstTurn_IsTheRequest()
    {
        var progress = _state.Progress();

        Assert.Equal((0, 1, null, null), (progress.Turns, progress.Messages.Count, progress.Usage, progress.Response));
    }

    private static ChatCompletionResponse Respond(string message) => Wire.Read<ChatCompletionResponse>(ChatScript.Plain(message));
}
