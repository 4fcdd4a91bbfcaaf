using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Chat.Requests;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat;

public class ChatClientTests
{
    private const string Plain = """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""";

    [Fact]
    public async Task CompleteAsync_OfARequest_SendsIt()
    {
        var script = new ChatScript().Respond(Plain, "application/json");
        var request = Wire.Read<ChatCompletionRequest>(Example.Load("ChatCompletionRequest.tools.json").Documents[0].Json);

        await script.CreateClient().CompleteAsync(request);

        Assert.Equal(Message("application/json", Wire.Write(request)), Assert.Single(script.Requests));
    }

    [Fact]
    public async Task CompleteAsync_OfAPrompt_SendsAQuestion()
    {
        var script = new ChatScript().Respond(Plain, "application/json");

        await script.CreateClient().CompleteAsync("openai/gpt-4o-mini", "Grüße, 世界 <&>");

        Assert.Equal(
            Message("application/json", "{\"model\":\"openai/gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Grüße, 世界 <&>\"}]}"),
            Assert.Single(script.Requests));
    }

    [Fact]
    public async Task CompleteAsync_OfModelsAlone_SendsNoModel()
    {
        var script = new ChatScript().Respond(Plain, "application/json");

        await script.CreateClient().CompleteAsync(new ChatCompletionRequest { Model = null!, Models = ["a", "b"], Messages = [ChatMessage.User("Hi")] });

        Assert.EndsWith("""{"models":["a","b"],"messages":[{"role":"user","content":"Hi"}]}""", Assert.Single(script.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_OfAResponse_ReturnsItWithItsInfo()
    {
        var script = new ChatScript().Respond(Plain, "application/json");

        var response = await script.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal((Plain, "req-1", false), (Wire.Write(response), response.Info?.RequestId, response.IsTruncated));
    }

    [Fact]
    public async Task StreamAsync_OfARequest_AsksForAStreamWithItsUsage()
    {
        var script = new ChatScript().Respond("data: [DONE]\n\n");

        await script.Stream().GetResponseAsync();

        Assert.Equal(
            Message("text/event-stream", """{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}"""),
            Assert.Single(script.Requests));
    }

    [Fact]
    public async Task StreamAsync_OfAPrompt_AsksForAStreamWithItsUsage()
    {
        var script = new ChatScript().Respond("data: [DONE]\n\n");

        await script.CreateClient().StreamAsync("m", "Hi").GetResponseAsync();

        Assert.Equal(
            Message("text/event-stream", """{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}"""),
            Assert.Single(script.Requests));
    }

    [Theory]
    [MemberData(nameof(ChatRequestValidationTests.WrongNames), MemberType = typeof(ChatRequestValidationTests))]
    public async Task CompleteAsync_OfAWrongRequest_SendsNothing(string name)
    {
        var script = new ChatScript();
        var (request, message) = ChatRequestValidationTests.Wrong[name];

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => script.CreateClient().CompleteAsync(request));

        Assert.Equal((message, 0), (exception.Message.Substring(0, message.Length), script.Requests.Count));
    }

    [Theory]
    [MemberData(nameof(ChatRequestValidationTests.WrongNames), MemberType = typeof(ChatRequestValidationTests))]
    public void StreamAsync_OfAWrongRequest_ThrowsAtOnce(string name)
    {
        var (request, message) = ChatRequestValidationTests.Wrong[name];

        var exception = Assert.Throws<ArgumentException>(() => { new ChatScript().CreateClient().StreamAsync(request); });

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_OfAStreamedRequest_NamesTheOtherMethod()
    {
        var request = new ChatCompletionRequest { Model = "m", Messages = [ChatMessage.User("Hi")], Stream = true };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => new ChatScript().CreateClient().CompleteAsync(request));

        Assert.StartsWith("The request has Stream = true: use StreamAsync, or leave Stream unset.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_OfStreamFalse_SendsIt()
    {
        var script = new ChatScript().Respond(Plain, "application/json");

        await script.CreateClient().CompleteAsync(new ChatCompletionRequest { Model = "m", Messages = [ChatMessage.User("Hi")], Stream = false });

        Assert.EndsWith(",\"stream\":false}", Assert.Single(script.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Hi", "model")]
    [InlineData("m", " ", "prompt")]
    public async Task Prompts_OfNothing_Throw(string? model, string prompt, string parameter)
    {
        var client = new ChatScript().CreateClient();

        var exceptions = new[]
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => client.CompleteAsync(model!, prompt)),
            Assert.ThrowsAny<ArgumentException>(() => { client.StreamAsync(model!, prompt); }),
        };

        Assert.All(exceptions, exception => Assert.Equal(parameter, exception.ParamName));
    }

    [Fact]
    public void StreamAsync_OfWrongOptions_ThrowsAtOnce()
    {
        var exception = Assert.Throws<ArgumentException>(() => { new ChatScript().Stream(new CCApiRequestOptions { MaxRetries = -1 }); });

        Assert.StartsWith("CCApiRequestOptions.MaxRetries must be 0 or more.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_OfWrongOptions_SendsNothing()
    {
        var script = new ChatScript();

        await Assert.ThrowsAsync<ArgumentException>(() => script.CreateClient().CompleteAsync(ChatScript.Request, new CCApiRequestOptions { MaxRetries = -1 }));

        Assert.Empty(script.Requests);
    }

    [Theory]
    [InlineData("ChatCompletionRequest.full.json")]
    [InlineData("ChatCompletionRequest.documented.json")]
    public async Task StreamAsync_OfARequest_LeavesItAlone(string file)
    {
        var request = Wire.Read<ChatCompletionRequest>(Example.Load(file).Documents[0].Json);
        var before = Wire.Write(request);

        await new ChatScript().Respond("data: [DONE]\n\n").CreateClient().StreamAsync(request).GetResponseAsync();

        Assert.Equal(before, Wire.Write(request));
    }

    [Fact]
    public async Task StreamAsync_OfOneRequestAtOnce_ServesEveryCall()
    {
        const int Calls = 16;
        var script = new ChatScript();
        var started = new CountdownEvent(Calls);
        var everyoneIsHere = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 0; i < Calls; i++)
        {
            var number = i;
            script.Respond(async _ =>
            {
                if (started.Signal())
                {
                    everyoneIsHere.SetResult(true);
                }

                await everyoneIsHere.Task;
                return new HttpResponseMessage
                {
                    Content = new StringContent(ChatScript.Frames([.. Enumerable.Repeat(ChatScript.Text($"{number:00}"), 50)]) + "data: [DONE]\n\n", null, "text/event-stream"),
                };
            });
        }

        var client = script.CreateClient();

        var responses = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(() => client.StreamAsync(ChatScript.Request).GetResponseAsync())));

        Assert.Equal(
            Enumerable.Range(0, Calls).Select(number => string.Concat(Enumerable.Repeat($"{number:00}", 50))),
            responses.Select(response => response.Text!).OrderBy(text => text, StringComparer.Ordinal));
        Assert.Single(script.Requests.Distinct());
    }

    [Fact]
    public async Task CompleteAsync_OfAFake_IsTheFakes()
    {
        ChatClient client = new FakeChatClient();

        var response = await client.CompleteAsync("m", "Hi");

        Assert.Equal("fake", response.Text);
    }

    [Fact]
    public async Task StreamAsync_OfAFake_IsTheFakes()
    {
        ChatClient client = new FakeChatClient();

        var response = await client.StreamAsync("m", "Hi").GetResponseAsync();

        Assert.Equal("fake", response.Text);
    }

    [Fact]
    public void StreamAsync_OfAFakeThatDoesNotOverrideIt_SaysSo()
    {
        ChatClient client = new EmptyChatClient();

        var exception = Assert.Throws<InvalidOperationException>(() => { client.StreamAsync("m", "Hi"); });

        Assert.Equal("This is a fake: override the method that was called.", exception.Message);
    }

    [Fact]
    public async Task Requests_WithAnEmptyListOfCallsInTheirHistory_LeaveItOutAlsoAfterAFailover()
    {
        const string Sent = """{"model":"MODEL","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello!"}]""";
        var request = Wire.Read<ChatCompletionRequest>(
            """{"model":"a","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello!","tool_calls":[]}]}""");
        using var gateway = new FakeGateway();
        gateway.Respond(503, """{"error":{"message":"busy","code":"overloaded"}}""").Respond(200, Plain).Respond(200, Plain);
        using var client = gateway.Client(options => options.Retry.MaxRetries = 0);

        await client.Chat.CompleteAsync(request, new CCApiRequestOptions { FailoverModels = ["b"] });
        await client.Chat.StreamAsync(request).GetResponseAsync();

        Assert.Equal(
            [
                Sent.Replace("MODEL", "a") + "}",
                Sent.Replace("MODEL", "b") + "}",
                Sent.Replace("MODEL", "a") + ""","stream":true,"stream_options":{"include_usage":true}}""",
            ],
            gateway.Sent.Select(sent => sent.Body));
    }

    private static string Message(string accept, string body) => $"""
        POST https://api.ccapi.ai/v1/chat/completions
        Accept: {accept}
        Authorization: Bearer sk-script
        Content-Length: {Encoding.UTF8.GetByteCount(body)}
        Content-Type: application/json
        User-Agent: tests/1

        {body}
        """.Replace("\r", "");

    private sealed class EmptyChatClient : ChatClient;

    private sealed class FakeChatClient : ChatClient
    {
        public override Task<ChatCompletionResponse> CompleteAsync(ChatCompletionRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(Wire.Read<ChatCompletionResponse>("""{"choices":[{"message":{"content":"fake"}}]}"""));

        public override StreamingChatCompletion StreamAsync(ChatCompletionRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
            StreamingChatCompletion.FromChunks(new ScriptedChunks(Wire.Read<ChatCompletionChunk>(ChatScript.Text("fake"))));
    }
}
