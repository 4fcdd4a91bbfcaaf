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
    public async Task CompleteAsync_AnsweredWithAStream_PutsItTogether(string? mediaType)
    {
        var answer = await new ChatScript().Respond(": PING\n\n" + _frames, mediaType).CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(("One, two.", "stop", false, HttpStatusCode.OK), (answer.Text, answer.FinishReason?.Value, answer.IsTruncated, answer.Info?.StatusCode));
    }

    [Fact]
    public async Task CompleteAsync_AnsweredWithAStreamThatJustEnds_SaysThatItIsTruncated()
    {
        var answer = await new ChatScript().Respond(ChatScript.Frames(ChatScript.Text("One, ")) + "data: {\"cho").CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(("One, ", true), (answer.Text, answer.IsTruncated));
    }

    [Fact]
    public async Task CompleteAsync_AnsweredWithAStreamAfterARetry_CountsBoth()
    {
        var script = new ChatScript().Respond("{\"error\":{\"code\":\"overloaded\"}}", "application/json", HttpStatusCode.ServiceUnavailable).Respond(_frames);

        var answer = await script.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(("One, two.", 2), (answer.Text, answer.Info!.Attempts.Count));
    }

    [Fact]
    public async Task CompleteAsync_AnsweredWithAnErrorInAStream_ThrowsItWithWhatCame()
    {
        var client = new ChatScript().Respond(_frames + "data: {\"error\":{\"message\":\"Slow down.\",\"code\":429}}\n\n").CreateClient();

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => client.CompleteAsync(ChatScript.Request));

        Assert.Equal(
            ("Slow down.", "One, two.", HttpStatusCode.OK, "req-1", 1),
            (exception.GatewayMessage, exception.PartialResponse?.Text, exception.StatusCode, exception.RequestId, exception.Attempts.Count));
    }
}
