using System.Net;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat;

public class CompletionReaderTests
{
    private static readonly string _frames = ChatScript.Frames(ChatScript.Text("One, "), ChatScript.Text("two.", "stop"));

    [Theory]
    [InlineData(ApiRequest.EventStream)]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task CompleteAsync_StreamAsResponse_AssemblesIt(string? mediaType)
    {
        var response = await new ChatScript().Respond(": PING\n\n" + _frames, mediaType).CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(("One, two.", "stop", false, HttpStatusCode.OK), (response.Text, response.FinishReason?.Value, response.IsTruncated, response.Info?.StatusCode));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"One"},"finish_reason":"stop"}]}""")]
    [InlineData("{\n  \"choices\": [\n    { \"delta\": { \"content\": \"One\" }, \"finish_reason\": \"stop\" }\n  ]\n}\n")]
    [InlineData("""[{"choices":[{"index":0,"delta":{"content":"On"}}]},{"choices":[{"index":0,"delta":{"content":"e"},"finish_reason":"stop"}]}]""")]
    public async Task CompleteAsync_ChunkAsResponse_IsTheResponse(string body)
    {
        var response = await new ChatScript().Respond(body, "application/json").CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(("One", "stop", false), (response.Text, response.FinishReason?.Value, response.IsTruncated));
    }

    [Fact]
    public async Task CompleteAsync_ListOfChunksBeforeSomethingElse_IsNotAResponse()
    {
        var client = new ChatScript().Respond("""[{"choices":[{"delta":{"content":"One"},"finish_reason":"stop"}]}] {}""", "application/json").CreateClient();

        await Assert.ThrowsAsync<CCApiProtocolException>(() => client.CompleteAsync(ChatScript.Request));
    }

    [Fact]
    public async Task CompleteAsync_StreamWithoutAnEnd_IsTruncated()
    {
        var response = await new ChatScript().Respond(ChatScript.Frames(ChatScript.Text("One, ")) + "data: {\"cho").CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(("One, ", true), (response.Text, response.IsTruncated));
    }

    [Fact]
    public async Task CompleteAsync_StreamAfterARetry_CountsBoth()
    {
        var script = new ChatScript().Respond("{\"error\":{\"code\":\"overloaded\"}}", "application/json", HttpStatusCode.ServiceUnavailable).Respond(_frames);

        var response = await script.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(("One, two.", 2), (response.Text, response.Info!.Attempts.Count));
    }

    [Fact]
    public async Task CompleteAsync_ErrorInAStream_ThrowsItWithThePartReceived()
    {
        var client = new ChatScript().Respond(_frames + "data: {\"error\":{\"message\":\"Slow down.\",\"code\":429}}\n\n").CreateClient();

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => client.CompleteAsync(ChatScript.Request));

        Assert.Equal(
            ("Slow down.", "One, two.", HttpStatusCode.OK, "req-1", 1),
            (exception.GatewayMessage, exception.PartialResponse?.Text, exception.StatusCode, exception.RequestId, exception.Attempts.Count));
    }
}
