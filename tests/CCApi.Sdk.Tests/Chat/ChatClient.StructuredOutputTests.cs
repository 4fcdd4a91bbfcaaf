using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using NSubstitute;
using Xunit;

namespace CCApi.Sdk.Tests.Chat;

public class ChatClientTypedTests
{
    [Fact]
    public async Task CompleteAsync_OfAPrompt_AsksForTheType()
    {
        var script = new ChatScript().Respond(ChatScript.Plain("""{"content":"{\"city\":\"Oslo\"}"}"""), "application/json");

        var response = await script.CreateClient().CompleteAsync("m", "Hi", SampleJson.Default.CityArgs);

        Assert.Equal("Oslo", response.Value.City);
        Assert.StartsWith("""{"model":"m","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema",""", script.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_OfNothing_SendsNothing()
    {
        var script = new ChatScript();
        var client = script.CreateClient();

        Assert.Equal("type", (await Assert.ThrowsAsync<ArgumentNullException>(() => client.CompleteAsync<int>(ChatScript.Request, null!))).ParamName);
        Assert.Equal("request", (await Assert.ThrowsAsync<ArgumentNullException>(() => client.CompleteAsync(null!, SampleJson.Default.Int32))).ParamName);
        Assert.Equal("prompt", (await Assert.ThrowsAsync<ArgumentException>(() => client.CompleteAsync("m", "", SampleJson.Default.Int32))).ParamName);
        await Assert.ThrowsAsync<ArgumentException>(() => client.CompleteAsync(ChatScript.Request, SampleJson.Default.Int32, new CCApiRequestOptions { MaxRetries = -1 }));
        Assert.Empty(script.Requests);
    }

    [Fact]
    public async Task CompleteAsync_OfAFake_IsTheFakes()
    {
        var chat = Substitute.For<ChatClient>();
        chat.CompleteAsync("m", "Hi", SampleJson.Default.Int32).Returns(new ChatStructuredResponse<int>(42, []));

        Assert.Equal(42, (await chat.CompleteAsync("m", "Hi", SampleJson.Default.Int32)).Value);
    }

    [Fact]
    public async Task CompleteAsync_OfAFakeOfThePlainCall_GoesThroughIt()
    {
        var chat = Substitute.ForPartsOf<ChatClient>();
        chat.CompleteAsync(Arg.Any<ChatCompletionRequest>(), Arg.Any<CCApiRequestOptions?>(), Arg.Any<CancellationToken>())
            .Returns(Wire.Read<ChatCompletionResponse>(ChatScript.Plain("""{"content":"42"}""")));

        Assert.Equal(42, (await chat.CompleteAsync("m", "Hi", SampleJson.Default.Int32)).Value);
    }
}
