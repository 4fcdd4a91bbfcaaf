using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using NSubstitute;
using Xunit;

namespace CCApi.Sdk.Tests.Chat;

public class ChatClientToolsTests
{
    [Fact]
    public void RunAsync_OfAWrongRequest_ThrowsAtOnce()
    {
        var script = new ChatScript();
        var client = script.CreateClient();

        Assert.Equal("request", Assert.Throws<ArgumentNullException>(() => { client.RunAsync(null!, []); }).ParamName);
        Assert.Equal("tools", Assert.Throws<ArgumentNullException>(() => { client.RunAsync(ChatScript.Request, null!); }).ParamName);
        Assert.Equal("runOptions", Assert.Throws<ArgumentException>(() => { client.RunAsync(ChatScript.Request, [], new ChatRunOptions { MaxTurns = 0 }); }).ParamName);
        Assert.Throws<ArgumentException>(() => { client.RunAsync(ChatScript.Request, [], options: new CCApiRequestOptions { MaxRetries = -1 }); });
        Assert.Empty(script.Requests);
    }

    [Fact]
    public async Task RunAsync_WithCancellation_Cancels()
    {
        using var source = new CancellationTokenSource();
        var script = new ToolScript().Tool("a", city =>
        {
            source.Cancel();
            return city;
        }).Turn("""x a {"city":"Oslo"}""").Respond();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var step in script.Gateway.CreateClient().RunAsync(ChatScript.Request, script.Tools).WithCancellation(source.Token))
            {
                Assert.IsNotType<ChatDoneStep>(step);
            }
        });

        Assert.Single(script.Gateway.Bodies);
    }

    [Fact]
    public async Task RunAsync_OfAFake_IsTheFakes()
    {
        var chat = Substitute.For<ChatClient>();
        chat.RunAsync(ChatScript.Request, Arg.Any<ChatTools>()).Returns(Steps(new ChatTextStep("Hi"), new ChatDoneStep(ChatRunEnd.Completed, new ChatCompletionResponse(), [], null, 1)));
        var steps = new List<ChatRunStep>();

        await foreach (var step in chat.RunAsync(ChatScript.Request, []))
        {
            steps.Add(step);
        }

        Assert.Equal(["ChatTextStep", "ChatDoneStep"], steps.Select(step => step.GetType().Name));
    }

    private static async IAsyncEnumerable<ChatRunStep> Steps(params ChatRunStep[] steps)
    {
        foreach (var step in steps)
        {
            await Task.Yield();
            yield return step;
        }
    }
}
