using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using FsCheck.Xunit;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

[Properties(Replay = "20261103,7")]
public class ChatChunkSourceTests
{
    private const string Marks = "\n\r{}[]\",:\\0 ";

    private const string Role = """{"choices":[{"index":0,"delta":{"role":"assistant"}}]}""";

    private const string Overloaded = """{"error":{"code":503,"message":"overloaded"}}""";

    private const string Done = "data: [DONE]\n\n";

    private static readonly string[] _pieces = ["null", "[]", "{}", "\"\"", "1e999", "-0", "\\ud800", "\n\n", "\r\r", "data: ", "event: error\n", "\"error\":\"x\",", "true,", "[[[[[[[["];

    private static readonly byte[][] _streams =
        [.. Example.Files.Where(file => file.EndsWith(".sse", StringComparison.Ordinal)).Select(file => File.ReadAllBytes(Path.Combine(Example.Folder, file)))];

    private static readonly string _one = ChatScript.Frames(ChatScript.Text("One, "));

    /// <summary>Errors as gateways hide them, and the exception of the same error in a plain call.</summary>
    public static TheoryData<string, string, string?> Errors() => new()
    {
        { """{"error":{"message":"No credit.","type":"billing_error","code":"insufficient_funds"}}""", nameof(CCApiBillingException), "No credit." },
        { """{"error":{"message":"Slow down.","code":429}}""", nameof(CCApiRateLimitException), "Slow down." },
        { """{"error":{"message":"Slow down.","code":"429"},"id":"c1","choices":[]}""", nameof(CCApiRateLimitException), "Slow down." },
        { """{"error":"invalid_api_key","code":"invalid_api_key"}""", nameof(CCApiUnauthorizedException), "invalid_api_key" },
        { """{"error":{"message":"Who?","type":"model_not_found_error","code":"model_not_found"}}""", nameof(CCApiModelUnavailableException), "Who?" },
        { """{"error":{"message":"Gone.","type":"upstream_error"},"choices":[{"index":0,"delta":{"content":""}}]}""", nameof(CCApiServerException), "Gone." },
        { """{"id":"c1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}],"error":{"code":502,"message":"Gone."}}""", nameof(CCApiServerException), "Gone." },
        { """{"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"error","error":{"code":502,"message":"Gone."}}]}""", nameof(CCApiServerException), "Gone." },
        { """{"success":false,"message":"Bad.","code":400}""", nameof(CCApiBadRequestException), "Bad." },
        { """{"code":"invalid_request","message":"Bad.","data":null}""", nameof(CCApiBadRequestException), "Bad." },
        { """{"detail":"What?"}""", nameof(CCApiException), "What?" },
        { """[{"error":{"code":429,"message":"Slow down.","status":"RESOURCE_EXHAUSTED"}}]""", nameof(CCApiRateLimitException), "Slow down." },
        { """{"error":{}, "success":false}""", nameof(CCApiException), "The response reports a failure without a reason." },
    };

    public static TheoryData<string, string, string?> ErrorFrames()
    {
        var rows = new TheoryData<string, string, string?>();
        foreach (var row in Errors())
        {
            var (json, type, message) = row.Data;
            rows.Add($"data: {json}\n\n", type, message);
            rows.Add($"data: {json}", type, message);
            rows.Add($"{json}\n", type, message);
            rows.Add($"event: error\r\ndata: {json}\r\n\r\n{Done}", type, message);
        }

        rows.Add("event: error\ndata: the backend is gone\n\n", nameof(CCApiException), "the backend is gone");
        rows.Add("event: error\ndata: {\"code\":402}\n\n", nameof(CCApiBillingException), null);
        rows.Add("{\n  \"error\": {\n    \"message\": \"Slow down.\",\n    \"code\": 429\n  }\n}\n", nameof(CCApiRateLimitException), "Slow down.");
        return rows;
    }

    [Fact]
    public async Task GetResponseAsync_OfAnErrorAfterTheFinishReason_ThrowsItWithWhatWasReceived()
    {
        var finish = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        var stream = new ChatScript().Respond(_one + finish + "data: {\"error\":{\"message\":\"Gone.\",\"code\":502}}\n\n" + Done).Stream();

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => stream.GetResponseAsync());

        Assert.Equal(("One, ", FinishReason.Stop), (exception.PartialResponse!.Text, exception.PartialResponse.FinishReason));
    }

    [Theory]
    [MemberData(nameof(ErrorFrames))]
    public async Task GetResponseAsync_OfAnErrorInTheStream_ThrowsWhatThePlainCallWould(string frame, string type, string? gatewayMessage)
    {
        var stream = new ChatScript().Respond(_one + frame).Stream();

        var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => stream.GetResponseAsync());

        Assert.Equal((type, gatewayMessage, "One, "), (exception.GetType().Name, exception.GatewayMessage, exception.PartialResponse?.Text));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task CompleteAsync_OfTheSameError_ThrowsTheSame(string json, string type, string? gatewayMessage)
    {
        var client = new ChatScript().Respond(json, "application/json").CreateClient();

        var exception = await Record.ExceptionAsync(() => client.CompleteAsync(ChatScript.Request, new CCApiRequestOptions { MaxRetries = 0 }));

        Assert.Equal($"{type}: {gatewayMessage}", exception is CCApiException error ? $"{error.GetType().Name}: {error.GatewayMessage}" : null);
    }

    [Fact]
    public async Task GetResponseAsync_OfAnErrorInTheStream_SaysWhereItCameFrom()
    {
        var stream = new ChatScript().Respond(_one + "data: {\"error\":{\"message\":\"No credit.\",\"code\":402,\"metadata\":{\"a\":1}}}\n\n").Stream();

        var exception = await Assert.ThrowsAsync<CCApiBillingException>(() => stream.GetResponseAsync());

        Assert.Equal(
            (HttpStatusCode.OK, "req-1", "req-1", 1, "402", "{\"a\":1}", "{\"error\":{\"message\":\"No credit.\",\"code\":402,\"metadata\":{\"a\":1}}}"),
            (exception.StatusCode, exception.RequestId, exception.Headers!.GetValues("x-request-id").Single(), exception.Attempts.Count, exception.Code,
                exception.Details!.Value.GetRawText(), exception.BodySnippet));
    }

    [Fact]
    public async Task GetResponseAsync_ErrorInTheStream_MarksThePartAsTruncated()
    {
        var stream = new ChatScript().Respond(_one + "data: {\"error\":\"x\"}\n\n").Stream();

        var exception = await Assert.ThrowsAsync<CCApiException>(() => stream.GetResponseAsync());

        Assert.True(exception.PartialResponse!.IsTruncated && exception.PartialResponse.Info == stream.Info);
    }

    [Theory]
    [InlineData("data: {\"error\":null,\"id\":\"c1\"}\n\n")]
    [InlineData("data: {\"error\":{},\"id\":\"c1\"}\n\n")]
    [InlineData("data: {\"error\":\"\",\"id\":\"c1\",\"choices\":[]}\n\n")]
    [InlineData("data: {\"choices\":[],\"id\":\"\",\"prompt_filter_results\":[{\"prompt_index\":0}]}\n\n")]
    [InlineData("data: null\n\ndata: 7\n\ndata: []\n\ndata: {}\n\n")]
    [InlineData("data:\n\ndata:   \n\ndata:\ndata:\n\n")]
    [InlineData("event: ping\ndata: {\"type\":\"ping\"}\n\n")]
    [InlineData(": comment\n\nid: 1\nretry: 5\n\n")]
    public async Task GetResponseAsync_OfAFrameThatSaysNothing_ReadsOn(string frame)
    {
        var response = await ChatScript.RespondAsync(_one + frame + ChatScript.Frames(ChatScript.Text("two.", "stop")));

        Assert.Equal(("One, two.", false), (response.Text, response.IsTruncated));
    }

    [Theory]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("data:[DONE]")]
    [InlineData("data:  [DONE] \r\n\r\n")]
    [InlineData("[DONE]\n")]
    public async Task GetResponseAsync_OfTheEndMark_IgnoresWhatComesAfter(string mark)
    {
        var response = await ChatScript.RespondAsync($"{_one}{mark}\n\ndata: {{\"error\":\"late\"}}\n\ndata: broken\n\n");

        Assert.Equal(("One, ", false), (response.Text, response.IsTruncated));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("data: {\"choi", true)]
    [InlineData("data: {\"choi\n\ndata: [DONE]\n\n", true)]
    [InlineData("{\"err", true)]
    [InlineData("data: \"\u00e9", true)]
    [InlineData("da", true)]
    [InlineData("data: [DONE]", false)]
    public async Task GetResponseAsync_BodyEndsEarly_IsTruncated(string end, bool isTruncated)
    {
        var response = await ChatScript.RespondAsync(_one + end);

        Assert.Equal(("One, ", isTruncated), (response.Text, response.IsTruncated));
    }

    [Fact]
    public async Task GetResponseAsync_CutAtEveryByte_NeverThrows()
    {
        var body = Encoding.UTF8.GetBytes(ChatScript.Frames(ChatScript.Text("Zürich \\ud83d\\ude00 "), ChatScript.Text("\U0001F600.", "stop")));

        for (var length = 0; length < body.Length; length++)
        {
            var script = new ChatScript().Respond(new PiecewiseStream().Send(body, 0, length));
            var response = await script.Stream().GetResponseAsync();

            // The last line needs its data only, not its end.
            Assert.Equal(length < body.Length - 2, response.IsTruncated);
        }
    }

    [Fact]
    public async Task GetResponseAsync_OfAFrameThatCannotEvenBeQuoted_Throws()
    {
        var stream = new ChatScript().Respond(ChatScript.Frames("<p>", ChatScript.Text("a"))).Stream();

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => stream.GetResponseAsync());

        Assert.Equal("POST /chat/completions sent a chunk that cannot be read. It starts: nothing readable. Check what stands between this program and the gateway.", exception.Message);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (exception.StatusCode, Assert.Single(exception.Attempts).StatusCode));
    }

    [Fact]
    public async Task GetResponseAsync_OfAnUnreadableFrameBeforeMore_Throws()
    {
        var stream = new ChatScript().Respond($"{_one}data: {{\"choices\":[\n\n{_one}").Stream();

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => stream.GetResponseAsync());

        Assert.Equal(
            ("POST /chat/completions sent a chunk that cannot be read. It starts: {\"choices\":[. Check what stands between this program and the gateway.", HttpStatusCode.OK, "req-1", "One, "),
            (exception.Message, exception.StatusCode, exception.RequestId, exception.PartialResponse?.Text));
    }

    public static TheoryData<string> TransportFaults() => [nameof(IOException), nameof(HttpRequestException), nameof(ObjectDisposedException), nameof(NotSupportedException), nameof(OperationCanceledException)];

    [Theory]
    [MemberData(nameof(TransportFaults))]
    public async Task GetResponseAsync_OfAConnectionThatBreaks_ThrowsWithWhatCame(string fault)
    {
        var cause = Fault(fault);
        var stream = new ChatScript().Respond(new PiecewiseStream().Send(_one).Fail(cause)).Stream();

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => stream.GetResponseAsync());

        Assert.Equal(
            ($"The stream of POST /chat/completions was aborted: {cause.Message}", cause, HttpStatusCode.OK, "req-1", true, "One, "),
            (exception.Message, exception.InnerException, exception.StatusCode, exception.RequestId, exception.IsTransient, exception.PartialResponse?.Text));
    }

    [Theory]
    [InlineData(ApiRequest.EventStream)]
    [InlineData("application/json")]
    public async Task GetResponseAsync_OfABrokenConnectionBeforeTheContent_IsRetriedWhenAllowed(string mediaType)
    {
        var attempts = new List<int>();
        foreach (var isAllowed in new[] { false, true })
        {
            var script = new ChatScript().Respond(new PiecewiseStream().Fail(new IOException("gone")), mediaType).Respond(_one);
            var exception = await Record.ExceptionAsync(() => script.Stream(new CCApiRequestOptions { RetryPossiblyCharged = isAllowed }).GetResponseAsync());
            Assert.Equal(isAllowed ? null : typeof(CCApiStreamException), exception?.GetType());
            attempts.Add(script.Requests.Count);
        }

        Assert.Equal([1, 2], attempts);
    }

    /// <summary>An empty completion that is finished was made by the model: an error after it does not send the request again.</summary>
    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":""}}]}""", 2)]
    [InlineData("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""", 1)]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"","role":"assistant"},"finish_reason":"length"}]}""", 1)]
    public async Task GetResponseAsync_OverloadAfterAnEmptyChunk_IsRetriedOnlyBeforeTheFinishReason(string chunk, int requests)
    {
        var script = new ChatScript()
            .Respond(ChatScript.Frames(chunk, """{"error":{"message":"m","code":"overloaded"}}"""))
            .Respond(_one);

        var exception = await Record.ExceptionAsync(() => script.Stream().GetResponseAsync());

        Assert.Equal((requests == 1 ? typeof(CCApiServerException) : null, requests), (exception?.GetType(), script.Requests.Count));
    }

    [Fact]
    public async Task GetResponseAsync_OfABodyThatCannotBeDecompressed_IsAProtocolErrorWithAttempts()
    {
        foreach (var body in new[] { new PiecewiseStream(), new PiecewiseStream().Send(_one) })
        {
            var cause = new InvalidDataException("not gzip");
            var stream = new ChatScript().Respond(body.Fail(cause)).Stream();

            var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => stream.GetResponseAsync());

            Assert.Equal(("POST /chat/completions returned a body that cannot be decompressed: not gzip", cause, 1), (exception.Message, exception.InnerException, exception.Attempts.Count));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Read_CanceledByTheTokenOfAnyReader_IsThatCancellation(int canceled)
    {
        CancellationTokenSource[] readers = [new(), new()];
        var body = new PiecewiseStream().Send(ChatScript.Frames("""{"choices":[{"index":0,"delta":{"reasoning_content":"a"}}]}""")).Send(_one).Wait();
        var stream = new ChatScript().Respond(body).Stream();
        await Sequence.ListAsync(stream.ReadReasoningAsync(readers[0].Token));

        var reading = Sequence.ListAsync(stream.ReadTextAsync(readers[1].Token));
        await Patience.Wait(body.Waiting);
        readers[canceled].Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(reading));
        Assert.Equal(readers[canceled].Token, exception.CancellationToken);
    }

    [Fact]
    public async Task GetResponseAsync_OfAStreamThatFailsOver_HasOneTotalForAllModels()
    {
        var script = Failover();
        script.Options.Timeouts.Total = TimeSpan.FromSeconds(1);
        var second = new PiecewiseStream().Send(ChatScript.Frames(Role)).Wait();
        script.Respond(new PiecewiseStream().Do(() => script.Time.Advance(TimeSpan.FromSeconds(0.6))).Send(ChatScript.Frames(Overloaded))).Respond(second);

        var reading = script.Stream().GetResponseAsync();
        await Patience.Wait(second.Waiting);
        script.Time.Advance(TimeSpan.FromSeconds(0.4));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(reading));
        Assert.Equal((CCApiTimeoutKind.Total, TimeSpan.FromSeconds(1), 2), (exception.Kind, exception.Elapsed, script.Requests.Count));
    }

    [Theory]
    [InlineData(99, 0, false)]
    [InlineData(100, 0, true)]
    [InlineData(2, 100 * 1024, false)]
    [InlineData(3, 100 * 1024, true)]
    public async Task GetAsyncEnumerator_OfChunksWithoutContent_HoldsBackSoManyOfThem(int count, int size, bool isDelivered)
    {
        var chunk = Role.Replace("[{", "[{\"x\":\"" + new string('a', size) + "\",");
        var body = new PiecewiseStream();
        for (var i = 0; i < count; i++)
        {
            body.Send(ChatScript.Frames(chunk));
        }

        await using var stream = new ChatScript().Respond(body.Wait()).Stream();
        await using var chunks = stream.GetAsyncEnumerator(CancellationToken.None);
        var reading = chunks.MoveNextAsync().AsTask();
        await Patience.Wait(Task.WhenAny(reading, body.Waiting));

        Assert.Equal(isDelivered, reading.IsCompleted);
        await stream.DisposeAsync();
        await Record.ExceptionAsync(() => reading);
    }

    [Theory]
    [InlineData(Role, false, 2)]
    [InlineData("""{"choices":[],"usage":{"total_tokens":5}}""", false, 1)]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":0,"total_tokens":0}}""", false, 2)]
    [InlineData("""{"choices":[],"usage":{"total_tokens":5}}""", true, 2)]
    [InlineData("""{"choices":[{"index":0,"delta":{"role":"assistant"},"usage":{"prompt_tokens":5}}]}""", false, 1)]
    [InlineData("""{"choices":[],"x_groq":{"usage":{"prompt_tokens":"5"}}}""", false, 1)]
    [InlineData("""{"choices":[],"cost":0.5}""", false, 1)]
    [InlineData("""{"choices":[],"credits_charged":"2"}""", false, 1)]
    [InlineData("""{"choices":[],"x_groq":{"id":"r"}}""", false, 2)]
    public async Task GetResponseAsync_OfAnOverloadAfterUsageWasReported_IsRepeatedOnlyWhenAllowed(string first, bool isAllowed, int requests)
    {
        var script = Failover();
        script.Respond(ChatScript.Frames(first, Overloaded)).Respond(_one + Done);

        await Record.ExceptionAsync(() => script.Stream(new CCApiRequestOptions { RetryPossiblyCharged = isAllowed }).GetResponseAsync());

        Assert.Equal(requests, script.Requests.Count);
    }

    [Fact]
    public async Task GetResponseAsync_OfAConnectionThatBreaks_SaysWhyItIsNotTriedAgain()
    {
        var stream = new ChatScript().Respond(new PiecewiseStream().Send(_one).Fail(new IOException("gone"))).Stream();

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => stream.GetResponseAsync());

        Assert.Equal("attempt 1: 200 CCApiStreamException after 0 s; a response that has begun is not retried", Assert.Single(exception.Attempts).ToString());
        Assert.Same(exception.Attempts, stream.Info!.Attempts);
    }

    [Fact]
    public async Task GetResponseAsync_OfAHandlerThatThrowsBeforeTheHeaders_ThrowsThat()
    {
        var cause = new NotSupportedException("a handler's own");
        var stream = new ChatScript().Respond(_ => throw cause).Stream();

        Assert.Same(cause, await Record.ExceptionAsync(() => stream.GetResponseAsync()));
    }

    [Fact]
    public async Task GetResponseAsync_OfATimeoutThatThePlatformReportsItsOwnWay_IsATimeoutAllTheSame()
    {
        var cause = new InvalidOperationException("an aborted read");
        var body = new PiecewiseStream().Send(_one);
        var script = new ChatScript().Respond(body);
        body.Do(() => script.Time.Advance(TimeSpan.FromSeconds(3))).Fail(cause);

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => script.Stream(new CCApiRequestOptions { Idle = TimeSpan.FromSeconds(3) }).GetResponseAsync());

        Assert.Equal((CCApiTimeoutKind.Idle, cause, "One, "), (exception.Kind, exception.InnerException, exception.PartialResponse?.Text));
    }

    [Fact]
    public async Task GetResponseAsync_OfMoreThanTheLimit_SaysWhichOptionToRaise()
    {
        var script = new ChatScript().Respond(new PiecewiseStream().Send(_one).Send(_one));
        script.Options.MaxResponseBytes = _one.Length;

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => script.Stream().GetResponseAsync());

        Assert.Equal(
            ($"The stream of POST /chat/completions has more than {_one.Length} bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right.", "One, "),
            (exception.Message, exception.PartialResponse?.Text));
    }

    [Fact]
    public async Task GetResponseAsync_OfAServerErrorBeforeTheStream_TriesAgain()
    {
        var script = new ChatScript().Respond("{\"error\":{\"code\":\"overloaded\"}}", "application/json", HttpStatusCode.ServiceUnavailable).Respond(_one + Done);

        var response = await script.Stream().GetResponseAsync();

        Assert.Equal(("One, ", 2, 2), (response.Text, script.Requests.Count, response.Info!.Attempts.Count));
    }

    [Theory]
    [InlineData(Done)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n" + Done)]
    public async Task GetResponseAsync_OfAStreamThatEndsWithoutContent_IsASuccess(string body)
    {
        var response = await new ChatScript().Respond(body).Stream().GetResponseAsync();

        Assert.Equal(["attempt 1: 200 after 0 s; done"], response.Info!.Attempts.Select(attempt => attempt.ToString()));
    }

    [Theory]
    [InlineData(401, nameof(CCApiUnauthorizedException))]
    [InlineData(402, nameof(CCApiBillingException))]
    [InlineData(404, nameof(CCApiNotFoundException))]
    [InlineData(504, nameof(CCApiServerException))]
    public async Task GetResponseAsync_OfAnErrorStatus_ThrowsWithoutAPart(int status, string type)
    {
        var script = new ChatScript().Respond("{\"error\":{\"message\":\"No.\"}}", "application/json", (HttpStatusCode)status);
        var stream = script.Stream();

        var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => stream.GetResponseAsync());

        Assert.Equal((type, (HttpStatusCode)status, "req-1", true, true), (exception.GetType().Name, exception.StatusCode!.Value, exception.RequestId, exception.PartialResponse is null, stream.Info is null));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData(ApiRequest.EventStream)]
    [InlineData(null)]
    public async Task GetResponseAsync_OfAPlainResponse_ReturnsIt(string? mediaType)
    {
        var response = await ChatScript.RespondAsync("""{"id":"c1","choices":[{"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"total_tokens":3}}""", mediaType);

        Assert.Equal(("Hi", 3, false), (response.Text, response.Usage?.TotalTokens, response.IsTruncated));
    }

    /// <summary>What is held back, and a complete response, need no further read, which would fail.</summary>
    [Theory]
    [InlineData("application/json", """{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}""")]
    [InlineData(ApiRequest.EventStream, "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")]
    [InlineData(ApiRequest.EventStream, "data: [{\"choices\":[{\"delta\":{\"content\":\"H\"}}]},{\"choices\":[{\"delta\":{\"content\":\"i\"}}]}]\n\n")]
    public async Task Read_CanceledAfterTheFirstChunk_IsTheCallersCancellation(string mediaType, string body)
    {
        using var cancellation = new CancellationTokenSource();
        var stream = new ChatScript().Respond(body, mediaType).Stream();
        await using var chunks = stream.GetAsyncEnumerator(cancellation.Token);
        await chunks.MoveNextAsync();

        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await chunks.MoveNextAsync());
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task GetResponseAsync_PlainResponseWithoutIndexes_KeepsEveryChoice()
    {
        var response = await ChatScript.RespondAsync("""{"choices":[{"message":{"content":"a"}},{"message":{"content":"b"}}]}""", "application/json");

        Assert.Equal([(null, "a"), (1, "b")], response.Choices!.Select(choice => (choice.Index, choice.Message?.Content?.Text)));
        Assert.False(response.IsTruncated);
    }

    [Fact]
    public async Task GetResponseAsync_PlainResponseFallsSilent_IsAnIdleTimeout()
    {
        var body = new PiecewiseStream().Send("{\"choices\":").Wait();
        var script = new ChatScript().Respond(body, "application/json");
        var reading = script.Stream(new CCApiRequestOptions { Idle = TimeSpan.FromSeconds(3) }).GetResponseAsync();
        await body.Waiting;

        script.Time.Advance(TimeSpan.FromSeconds(3));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => reading);
        Assert.Equal((CCApiTimeoutKind.Idle, 11), (exception.Kind, exception.BytesReceived));
    }

    [Fact]
    public async Task GetAsyncEnumerator_OfAPlainResponse_YieldsItAsOneChunk()
    {
        var stream = new ChatScript().Respond("""{"id":"c1","choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}""", "application/json").Stream();

        var chunks = await ListAsync(stream);

        Assert.Equal("""{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""", Wire.Write(Assert.Single(chunks)));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData(null)]
    [InlineData("Text/Event-Stream; charset=utf-8")]
    public async Task GetResponseAsync_OfAStreamWithAnotherLabel_ReadsIt(string? mediaType)
    {
        var responses = new List<string?>();
        foreach (var start in new[] { "", ": PING\n\n", "\uFEFF", "\r\n", "event: message\n", "id: 1\n", "retry: 3\n" })
        {
            responses.Add((await ChatScript.RespondAsync(start + _one + Done, mediaType)).Text);
        }

        Assert.All(responses, text => Assert.Equal("One, ", text));
    }

    [Fact]
    public async Task GetAsyncEnumerator_OfEventsWithoutBlankLines_IsLive()
    {
        var body = new PiecewiseStream();
        body.Send($"data: {Role}\ndata: {ChatScript.Text("One, ")}\ndata: {{}}\n").Wait();
        await using var chunks = new ChatScript().Respond(body).Stream().GetAsyncEnumerator(CancellationToken.None);

        await Patience.Wait(chunks.MoveNextAsync().AsTask());
        var hasOne = await Patience.Wait(chunks.MoveNextAsync().AsTask());

        Assert.Equal((true, "One, "), (hasOne, chunks.Current.Choices![0].Delta?.Content?.Text));
    }

    [Theory]
    [InlineData("application/json", ": PI")]
    [InlineData("text/plain", "\uFEFF\r\n\n da")]
    [InlineData(null, "event: message\r\nda")]
    [InlineData(ApiRequest.EventStream, "da")]
    public async Task GetAsyncEnumerator_OfAStreamWithAnotherLabel_IsLive(string? mediaType, string start)
    {
        var body = new PiecewiseStream();
        foreach (var character in start)
        {
            body.Send(character.ToString());
        }

        body.Send(start.EndsWith("da", StringComparison.Ordinal) ? _one.Substring(2) : $"\n\n{_one}").Wait();
        await using var chunks = new ChatScript().Respond(body, mediaType).Stream().GetAsyncEnumerator(CancellationToken.None);

        var hasOne = await Patience.Wait(chunks.MoveNextAsync().AsTask());

        Assert.Equal((true, "One, "), (hasOne, chunks.Current.Choices![0].Delta?.Content?.Text));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task GetResponseAsync_OfAnUnlabeledBodyOverTheLimit_SaysWhichOptionToRaise(string? mediaType)
    {
        var bodies = new[] { "{\"choices\":[]," + new string(' ', 2000), new string(' ', 2000) };
        foreach (var body in bodies)
        {
            var script = new ChatScript().Respond(body, mediaType);
            script.Options.MaxResponseBytes = 1000;

            var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => script.Stream().GetResponseAsync());

            Assert.Equal("POST /chat/completions returned more than 1000 bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right.", exception.Message);
        }
    }

    [Theory]
    [InlineData("data: {\"error\":\"x\"}\n\n", ApiRequest.EventStream)]
    [InlineData("data: {\"error\":\"x\"}\n\n", "text/plain")]
    [InlineData("{\"error\":\"x\"}", "application/json")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"error\",\"error\":\"x\"}]}", "application/json")]
    public async Task Read_OfAnErrorAfterARetry_ListsEachAttemptOnce(string body, string mediaType)
    {
        var attempts = new List<string>();
        foreach (var isStream in new[] { true, false })
        {
            var script = new ChatScript().Respond("{\"error\":{\"code\":\"overloaded\"}}", "application/json", HttpStatusCode.ServiceUnavailable).Respond(body, mediaType);
            var exception = await Assert.ThrowsAsync<CCApiException>(
                () => isStream ? script.Stream().GetResponseAsync() : script.CreateClient().CompleteAsync(ChatScript.Request));
            attempts.Add(string.Join(" ", exception.Attempts.Select(attempt => $"{attempt.Number}:{(int?)attempt.StatusCode}")));
            attempts.Add(string.Join(" ", exception.PartialResponse?.Info?.Attempts.Select(attempt => $"{attempt.Number}:{(int?)attempt.StatusCode}") ?? ["1:503 2:200"]));
        }

        Assert.All(attempts, text => Assert.Equal("1:503 2:200", text));
    }

    [Theory]
    [InlineData("<html><body>Welcome</body></html>", "text/html", "POST /chat/completions returned 200 with HTML instead of JSON. It starts with: Welcome. Check that BaseAddress is the address of the API, such as https://api.ccapi.ai/v1/.")]
    [InlineData("<p>The API is below /v1.</p>", "text/html", "POST /chat/completions returned 200 with HTML instead of JSON. It starts with: The API is below /v1. Check that BaseAddress is the address of the API, such as https://api.ccapi.ai/v1/.")]
    [InlineData("", "application/json", "POST /chat/completions returned 200 with an empty body. Check that BaseAddress is the address of the API, such as https://api.ccapi.ai/v1/.")]
    [InlineData("{\"choices\":[", "application/json", "POST /chat/completions returned 200 with JSON that is broken or truncated. It starts with: {\"choices\":[. Check that BaseAddress is the address of the API, such as https://api.ccapi.ai/v1/.")]
    public async Task GetResponseAsync_BodyIsNotAResponse_NamesWhatToCheck(string body, string mediaType, string message)
    {
        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ChatScript.RespondAsync(body, mediaType));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(": PING\n\n")]
    [InlineData("data:\n\nid: 3\n\n")]
    public async Task GetResponseAsync_WithoutAChunkInTime_IsATimeoutOfTheFirstChunk(string start)
    {
        var body = new PiecewiseStream().Send(start).Wait();
        var script = new ChatScript().Respond(body);
        var reading = script.Stream(new CCApiRequestOptions { FirstChunk = TimeSpan.FromSeconds(7) }).GetResponseAsync();
        await body.Waiting;

        script.Time.Advance(TimeSpan.FromSeconds(7));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => reading);
        Assert.Equal((CCApiTimeoutKind.FirstChunk, TimeSpan.FromSeconds(7), start.Length), (exception.Kind, exception.Elapsed, exception.BytesReceived));
    }

    [Fact]
    public async Task GetResponseAsync_OfCommentsOnly_IsATimeoutOfTheFirstChunk()
    {
        var script = new ChatScript();
        var body = new PiecewiseStream();
        for (var second = 1; second <= 8; second++)
        {
            body.Send(": PING\n\n").Do(() => script.Time.Advance(TimeSpan.FromSeconds(1)));
        }

        var stream = script.Respond(body.Wait()).Stream(new CCApiRequestOptions { FirstChunk = TimeSpan.FromSeconds(7), Idle = TimeSpan.FromSeconds(2) });

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => stream.GetResponseAsync());

        Assert.Equal(CCApiTimeoutKind.FirstChunk, exception.Kind);
    }

    [Fact]
    public async Task GetResponseAsync_OfSilenceAfterAChunk_IsATimeoutOfIdle()
    {
        var body = new PiecewiseStream().Send(_one).Wait();
        var script = new ChatScript().Respond(body);
        var reading = script.Stream(new CCApiRequestOptions { Idle = TimeSpan.FromSeconds(3) }).GetResponseAsync();
        await body.Waiting;

        script.Time.Advance(TimeSpan.FromSeconds(3));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => reading);
        Assert.Equal((CCApiTimeoutKind.Idle, "One, ", HttpStatusCode.OK, "req-1"), (exception.Kind, exception.PartialResponse?.Text, exception.StatusCode!.Value, exception.RequestId));
    }

    [Fact]
    public async Task GetResponseAsync_OfCommentsAfterAChunk_IsNotIdle()
    {
        var script = new ChatScript();
        var body = new PiecewiseStream().Send(_one);
        for (var i = 0; i < 9; i++)
        {
            body.Do(() => script.Time.Advance(TimeSpan.FromSeconds(2))).Send(": PING\n\n");
        }

        var response = await script.Respond(body.Send(Done)).Stream(new CCApiRequestOptions { Idle = TimeSpan.FromSeconds(3) }).GetResponseAsync();

        Assert.False(response.IsTruncated);
    }

    [Fact]
    public async Task GetResponseAsync_OfAStreamLongerThanTheTotal_GivesItAll()
    {
        var script = new ChatScript();
        var body = new PiecewiseStream().Send(_one);
        for (var i = 0; i < 9; i++)
        {
            body.Do(() => script.Time.Advance(TimeSpan.FromSeconds(30))).Send(_one);
        }

        var response = await script.Respond(body.Send(Done)).Stream(new CCApiRequestOptions { Total = TimeSpan.FromMinutes(1), FirstChunk = TimeSpan.FromMinutes(1) }).GetResponseAsync();

        Assert.Equal(string.Concat(Enumerable.Repeat("One, ", 10)), response.Text);
    }

    [Fact]
    public async Task GetResponseAsync_OfATotalBeforeTheFirstChunk_IsATimeoutOfTheTotal()
    {
        var body = new PiecewiseStream().Wait();
        var script = new ChatScript().Respond(body);
        var reading = script.Stream(new CCApiRequestOptions { Total = TimeSpan.FromSeconds(5) }).GetResponseAsync();
        await body.Waiting;

        script.Time.Advance(TimeSpan.FromSeconds(5));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => reading);
        Assert.Equal(CCApiTimeoutKind.Total, exception.Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task GetAsyncEnumerator_SlowReader_DoesNotTimeOut(int framesInAPiece)
    {
        var script = new ChatScript();
        var body = new PiecewiseStream();
        for (var i = 0; i < 6; i += framesInAPiece)
        {
            body.Send(string.Concat(Enumerable.Repeat(_one, framesInAPiece)));
        }

        var count = 0;
        await foreach (var chunk in script.Respond(body.Send(Done)).Stream())
        {
            count++;
            script.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(6, count);
    }

    public static TheoryData<string> Tokens() => ["StreamAsync", "GetAsyncEnumerator", "ReadTextAsync", "GetResponseAsync"];

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task Read_CanceledWhileAChunkIsAwaited_IsTheCallersCancellation(string token)
    {
        using var cancellation = new CancellationTokenSource();
        var body = new PiecewiseStream().Send(_one).Wait();
        var reading = ReadAsync(new ChatScript().Respond(body), token, cancellation.Token);
        await body.Waiting;

        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(
            (cancellation.Token, "POST /chat/completions was canceled.", true),
            (exception.CancellationToken, exception.Message, body.IsDisposed));
    }

    [Fact]
    public async Task GetResponseAsync_CanceledWithAFaultThatContainsTheKey_HasNoInnerException()
    {
        using var cancellation = new CancellationTokenSource();
        var body = new PiecewiseStream().Send(_one).Do(cancellation.Cancel).Fail(new IOException("reset of sk-script"));

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new ChatScript().Respond(body).Stream().GetResponseAsync(cancellation.Token));

        Assert.Null(exception.InnerException);
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task Read_CanceledBeforeTheHeaders_IsTheCallersCancellation(string token)
    {
        using var cancellation = new CancellationTokenSource();
        var asked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = ReadAsync(new ChatScript().Respond(cancel => NeverAsync(asked, cancel)), token, cancellation.Token);
        await asked.Task;

        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task Read_CanceledBefore_SendsNothing(string token)
    {
        var script = new ChatScript().Respond(_one);

        var exception = await Record.ExceptionAsync(() => ReadAsync(script, token, new CancellationToken(canceled: true)));

        Assert.Equal((true, 0), (exception is OperationCanceledException, script.Requests.Count));
    }

    [Fact]
    public async Task GetAsyncEnumerator_CanceledBetweenChunksThatHaveArrived_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var stream = new ChatScript().Respond(_one + _one).Stream(cancellationToken: cancellation.Token);
        await using var chunks = stream.GetAsyncEnumerator(CancellationToken.None);
        await chunks.MoveNextAsync();

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await chunks.MoveNextAsync());
    }

    [Fact]
    public async Task GetAsyncEnumerator_LeftEarly_ClosesTheResponse()
    {
        var body = new PiecewiseStream().Send(_one).Wait();
        var stream = new ChatScript().Respond(body).Stream();

        await foreach (var chunk in stream)
        {
            break;
        }

        Assert.True(body.IsDisposed);
    }

    [Theory]
    [InlineData(Done)]
    [InlineData("")]
    [InlineData("data: {\"error\":\"x\"}\n\n")]
    public async Task GetResponseAsync_AtTheEnd_ClosesTheResponse(string end)
    {
        var body = new PiecewiseStream().Send(_one + end);

        await Record.ExceptionAsync(() => new ChatScript().Respond(body).Stream().GetResponseAsync());

        Assert.True(body.IsDisposed);
    }

    [Fact]
    public async Task DisposeAsync_OfAHalfReadStream_ClosesTheResponse()
    {
        var body = new PiecewiseStream().Send(_one).Wait();
        var stream = new ChatScript().Respond(body).Stream();
        var chunks = stream.GetAsyncEnumerator(CancellationToken.None);
        await chunks.MoveNextAsync();

        await stream.DisposeAsync();

        Assert.True(body.IsDisposed);
        await chunks.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_WhileAReadWaits_EndsIt()
    {
        var body = new PiecewiseStream().Send(_one).Wait();
        var stream = new ChatScript().Respond(body).Stream();
        var reading = ListAsync(stream);
        await body.Waiting;

        await stream.DisposeAsync();

        var exception = await Assert.ThrowsAsync<ObjectDisposedException>(() => reading);
        Assert.StartsWith("The stream was disposed while it was read.", exception.Message, StringComparison.Ordinal);
        Assert.True(body.IsDisposed);
    }

    [Fact]
    public async Task DisposeAsync_WhileAReadWaits_LeavesNoTimer()
    {
        var clock = new TestClock();
        var body = new PiecewiseStream().Send(_one).Wait();
        var script = new ChatScript().Respond(body);
        script.Options.TimeProvider = clock;
        var stream = script.Stream();
        var reading = ListAsync(stream);
        await body.Waiting;

        await stream.DisposeAsync();
        await Record.ExceptionAsync(() => reading);

        Assert.Equal(0, clock.Timers);
    }

    /// <summary>As the platform's connections do on .NET Framework.</summary>
    [Fact]
    public async Task DisposeAsync_WhileAReadIgnoresItsToken_EndsIt()
    {
        var body = new DeafStream();
        var stream = new ChatScript().Respond(_ => Task.FromResult(FakeGateway.Stream(200, body, "x-request-id: req-1"))).Stream();
        var reading = ListAsync(stream);
        await Patience.Wait(body.Reached);

        await stream.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Patience.Wait(reading));
    }

    [Fact]
    public async Task NextAsync_AfterDispose_SendsNothing()
    {
        var script = new ChatScript().Respond(_one);
        var source = new ChatChunkSource(Transport(script), ApiRequest.Get("models"), options: null, CancellationToken.None);

        await source.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await source.NextAsync(textOnly: false, CancellationToken.None));
        Assert.Empty(script.Requests);
    }

    [Fact]
    public async Task DisposeAsync_WhileAReadWaits_KeepsWhatCame()
    {
        var body = new PiecewiseStream().Send(_one).Wait();
        var stream = new ChatScript().Respond(body).Stream();
        var reading = ListAsync(stream);
        await body.Waiting;
        await stream.DisposeAsync();

        var response = await stream.GetResponseAsync();

        Assert.Equal(("One, ", true), (response.Text, response.IsTruncated));
        await Record.ExceptionAsync(() => reading);
    }

    [Fact]
    public async Task DisposeAsync_BeforeTheHeaders_EndsTheCall()
    {
        var asked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var stream = new ChatScript().Respond(cancel => NeverAsync(asked, cancel)).Stream();
        var reading = stream.GetResponseAsync();
        await asked.Task;

        await stream.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading);
    }

    [Fact]
    public async Task DisposeAsync_BetweenTwoChunks_EndsTheLoop()
    {
        var stream = new ChatScript().Respond(_one + _one).Stream();
        await using var chunks = stream.GetAsyncEnumerator(CancellationToken.None);
        await chunks.MoveNextAsync();

        await stream.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await chunks.MoveNextAsync());
    }

    [Fact]
    public async Task GetResponseAsync_OfALineOverTheLimit_SaysWhichOptionToRaise()
    {
        var script = new ChatScript().Respond(_one + ChatScript.Frames(ChatScript.Text(new string('x', 2000))));
        script.Options.MaxLineBytes = 1000;

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => script.Stream().GetResponseAsync());

        Assert.Equal(
            ("The stream has a line or an event of more than 1000 bytes. Raise CCApiClientOptions.MaxLineBytes if that is right.", "One, "),
            (exception.Message, exception.PartialResponse?.Text));
    }

    /// <summary>Whatever a gateway sends, no exception comes from the SDK's own work: the body itself does not fail here.</summary>
    [Property(MaxTest = 500, EndSize = 1_000_000)]
    public async Task GetResponseAsync_OfADamagedStream_ThrowsOnlyWhatItSays(int seed)
    {
        var random = new Random(seed);
        var body = Damage(_streams[random.Next(_streams.Length)], random);
        var stream = new ChatScript().Respond(PiecewiseStream.Of(body, random.Next(1, 300)), random.Next(4) == 0 ? "text/plain" : ApiRequest.EventStream).Stream();

        var exception = await Record.ExceptionAsync(() => stream.GetResponseAsync());

        Assert.True(exception is null or CCApiProtocolException or CCApiException { InnerException: null }, $"{Encoding.UTF8.GetString(body)}\n{exception}");
    }

    private static byte[] Damage(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var start = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveRange(start, Math.Min(random.Next(1, 40), bytes.Count - start));
                    break;
                case 1:
                    bytes.InsertRange(start, bytes.GetRange(start, Math.Min(random.Next(1, 40), bytes.Count - start)));
                    break;
                case 2:
                    bytes.InsertRange(start, Encoding.UTF8.GetBytes(_pieces[random.Next(_pieces.Length)]));
                    break;
                case 3:
                    bytes[start] = (byte)random.Next(256);
                    break;
                default:
                    bytes[start] = (byte)Marks[random.Next(Marks.Length)];
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A script whose calls fail over to a second model, and are not retried.</summary>
    private static ChatScript Failover()
    {
        var script = new ChatScript();
        script.Options.Retry.MaxRetries = 0;
        script.Options.Failover.Alternatives["m"] = ["n"];
        return script;
    }

    private static Exception Fault(string name) => name switch
    {
        nameof(IOException) => new IOException("gone"),
        nameof(HttpRequestException) => new HttpRequestException("gone"),
        nameof(InvalidDataException) => new InvalidDataException("not gzip"),
        nameof(ObjectDisposedException) => new ObjectDisposedException("body"),
        nameof(NotSupportedException) => new NotSupportedException("what?"),
        _ => new OperationCanceledException("reset"),
    };

    private static async Task<HttpResponseMessage> NeverAsync(TaskCompletionSource<bool> asked, CancellationToken cancellationToken)
    {
        asked.SetResult(true);
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Nothing ends an endless wait.");
    }

    private static async Task<List<ChatCompletionChunk>> ListAsync(StreamingChatCompletion stream, CancellationToken cancellationToken = default)
    {
        var chunks = new List<ChatCompletionChunk>();
        await foreach (var chunk in stream.WithCancellation(cancellationToken))
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    private static async Task ReadAsync(ChatScript script, string place, CancellationToken cancellationToken)
    {
        switch (place)
        {
            case "StreamAsync":
                await script.Stream(cancellationToken: cancellationToken).GetResponseAsync(CancellationToken.None);
                break;
            case "GetAsyncEnumerator":
                await ListAsync(script.Stream(), cancellationToken);
                break;
            case "ReadTextAsync":
                await foreach (var text in script.Stream().ReadTextAsync(cancellationToken))
                {
                    // Only the end matters.
                }

                break;
            default:
                await script.Stream().GetResponseAsync(cancellationToken);
                break;
        }
    }

    private static CCApiTransport Transport(ChatScript script)
    {
        var client = new HttpClient(script);
        return new CCApiTransport(script.Options.CheckedCopy(), () => client);
    }

    /// <summary>A body whose reads end only when it is closed.</summary>
    private sealed class DeafStream : MemoryStream
    {
        private readonly TaskCompletionSource<bool> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<int> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            _reached.TrySetResult(true);
            return _closed.Task;
        }

#if !NETFRAMEWORK
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(ReadAsync([], 0, 0, cancellationToken));
#endif

        protected override void Dispose(bool disposing)
        {
            _closed.TrySetException(new IOException("closed"));
            base.Dispose(disposing);
        }
    }
}
