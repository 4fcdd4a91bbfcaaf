using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class TurnRequestsTests
{
    private readonly ChatTools _tools = new ToolScript().Tool("a", city => city).Tools;

    [Theory]
    [InlineData(0, "required")]
    [InlineData(1, null)]
    public void Create_RequiredToolChoice_IsSentWithTheFirstTurnOnly(int turns, string? expected)
    {
        var request = Request();
        request.ToolChoice = ChatToolChoice.Required;

        var next = new TurnRequests(request, _tools, new ChatRunOptions()).Create([ChatMessage.User("Hi")], turns);

        Assert.Equal(expected, next.ToolChoice?.Mode);
        Assert.Equal(ChatToolChoice.Required.Mode, request.ToolChoice?.Mode);
    }

    [Fact]
    public void Create_WithTools_SendsThemAndTheConversation()
    {
        var next = new TurnRequests(Request(), _tools, new ChatRunOptions()).Create([ChatMessage.User("a"), ChatMessage.User("b")], turns: 1);

        Assert.Equal((2, "a"), (next.Messages.Count, Assert.Single(next.Tools!).Function.Name));
    }

    [Theory]
    [InlineData(null, null, true, null)]
    [InlineData(true, false, false, false)]
    [InlineData(false, null, false, false)]
    [InlineData(false, true, true, true)]
    public void InParallel_OfRequestAndOptions_PrefersTheOptions(bool? ofRequest, bool? ofOptions, bool expected, bool? sent)
    {
        var request = Request();
        request.ParallelToolCalls = ofRequest;
        var requests = new TurnRequests(request, _tools, new ChatRunOptions { ParallelToolCalls = ofOptions });

        Assert.Equal(expected, requests.InParallel);
        Assert.Equal(sent, requests.Create([ChatMessage.User("Hi")], turns: 0).ParallelToolCalls);
    }

    [Fact]
    public void Create_WithoutTools_LeavesTheParallelCallsOfTheRequest()
    {
        var next = new TurnRequests(Request(), [], new ChatRunOptions { ParallelToolCalls = false }).Create([ChatMessage.User("Hi")], turns: 0);

        Assert.Null(next.Tools);
        Assert.Null(next.ParallelToolCalls);
    }

    private static ChatCompletionRequest Request() => new() { Model = "m", Messages = [ChatMessage.User("Hi")] };
}
