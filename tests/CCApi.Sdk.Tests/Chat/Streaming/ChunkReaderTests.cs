using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ChunkReaderTests
{
    private const string Done = "data: [DONE]\n\n";
    private const string Error = """{"error":{"message":"Slow down.","code":429}}""";

    private static readonly string _one = ChatScript.Text("One, ");
    private static readonly string _two = ChatScript.Text("two, ");
    private static readonly string _last = ChatScript.Text("three.", "stop");
    private static readonly string _beginning = ChatScript.Frames(_one);
    private static readonly string _complete = ChatScript.Frames(ChatScript.Text("One."), ChatScript.Text("", "stop"));

    /// <summary>Ways to put three chunks into fewer events than three.</summary>
    public static TheoryData<string> Joints() =>
    [
        $"data: {_one}\ndata: {_two}\ndata: {_last}\n\n{Done}",
        $"data: {_one}\r\ndata: {_two}\r\ndata: {_last}\r\ndata: [DONE]\r\n\r\n",
        $"data: {_one}data: {_two}data: {_last}\n\n{Done}",
        $"data: {_one}data:{_two} data: {_last} data: [DONE]",
        $"data: {_one}{_two}{_last}[DONE]\n\n",
        $"data: {_one}\ndata: : keepalive\ndata: {_two}\ndata: ping\ndata: {_last}\n\n{Done}",
        $"data: {_one}\n\ndata: {_two}\ndata: {_last}\n\n{Done}",
        $"data: {_one}\ndata: {_two}\n\ndata: {_last}\n\n{Done}",
        $"data: [DONE]\ndata: {_one}\ndata: {_two}\ndata: {_last}\n\n",
        $"{_one}{_two}\n{_last}\n[DONE]\n",
        $"data: {_one}\ndata: null\ndata: {_two}\ndata: \"ping\"{_last}\n\n{Done}",
        $"data: [{_one},{_two},{_last}]\n\n{Done}",
        $"data: [{_one}]\n\ndata: [ [{_two}], \"ping\", null, {_last} ] [DONE]\n\n",
        $"[{_one},{_two},{_last}]\n",
        $"[{_one},\n{_two},\n{_last}]",
        $"[\n{_one}\n,\n{_two}\n,\n{_last}\n]\n",
        $"{_one}\n[{_two},{_last}]\n",
    ];

    public static TheoryData<string> ErrorPlaces() =>
    [
        $"data: {_one}\ndata: {Error}\n\n{Done}",
        $"data: {_one}data: {Error}\n\n{Done}",
        $"data: {_one}{Error}\n\n",
        $"data: {_one}\n\ndata: [DONE]\ndata: {Error}\n\n",
        $"data: {_one}\n\ndata: [DONE]{Error}",
        $"data: {_one}\n\ndata: ping\ndata: {Error}\n\n",
        $"{_one}{Error}\n",
        $"data: [{_one},{Error},{_two}]\n\n",
        $"[{_one},\n{Error}]\n",
        $"data: {_one}\n\ndata: [{Error}]\n\n",
        $"data: {_one}\n\nevent: ping\ndata: {Error}\n\n",
        $"data: {_one}\n\nevent: ping\ndata: {{\"code\":429,\"message\":\"Slow down.\"}}\n\n",
        $"data: {_one}\n\ndata: {{\"type\":\"ping\",\"status\":429,\"msg\":\"Slow down.\"}}\n\n",
        $"data: {_one}\n\ndata: {{\"id\":\"c1\",\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down.\"}}\n\n",
        $"data: {_one}\n\ndata: {{\"choices\":[{{\"index\":0,\"delta\":{Error}}}]}}\n\n",
        $"data: {_one}\n\ndata: {{\"choices\":[{{\"index\":0,\"message\":{Error}}}]}}\n\n",
        $"data: {_one}\n\ndata: {{\"data\":{Error}}}\n\n",
        $"data: {_one}\n\ndata: {{\"choices\":{Error}}}\n\n",
        $"data: {_one}\n\ndata: {{\"type\":\"ping\",\"error\":{{\"message\":\"Slow down.\",\"code\":429}}}}\n\n",
    ];

    public static TheoryData<string> Heartbeats() =>
    [
        ": keepalive\n\n",
        "data: : keepalive\n\n",
        "data: : OPENROUTER PROCESSING\n\n",
        "data: OPENROUTER PROCESSING\n\n",
        "data: ping\n\n",
        "data: PING\n\n",
        "data: \"ping\"\n\n",
        "data: keep-alive\n\n",
        "data: Keep_Alive\n\n",
        "data: [HEARTBEAT]\n\n",
        "data: ping - 2026-11-26 13:28:14.123456+00:00\n\n",
        "data: {\"type\":\"ping\"}\n\n",
        "data: {\"type\":\"keep_alive\",\"time\":1}\n\n",
        "data: {\"event\":\"heartbeat\",\"choices\":[]}\n\n",
        "data: {\"object\":\"ping\"}\n\n",
        "data: {\"ping\":1732627694}\n\n",
        "event: ping\ndata: {}\n\n",
        "event: ping\ndata: 2026-11-26T13:28:14Z\n\n",
        "event: heartbeat\ndata: still here\n\n",
        "event: Keep-Alive\ndata: <p>\n\n",
        "event: ping\n\n",
        ": a\n: b\ndata: ping\ndata: ping\n\n",
    ];

    /// <summary>What a server in between sends under the label of a stream.</summary>
    public static TheoryData<string> Texts() =>
    [
        "<html><head><title>502</title></head>\n<body>Bad gateway</body></html>\n",
        "<!DOCTYPE html>",
        "upstream connect error or disconnect/reset before headers",
        "upstream connect error: reset before headers. reset reason: connection failure\n",
        "Internal Server Error\n\n",
        "Unauthorized",
        "error\n",
        "HTTP/1.1 502 Bad Gateway\r\nServer: nginx\r\n\r\n",
        "data: <p>Bad gateway",
        "data: oops\n\n",
        "xyz\n",
        "{} xyz",
    ];

    /// <summary>What a gateway sends after everything that matters.</summary>
    public static TheoryData<string> Ends() =>
    [
        "silence",
        "comments",
        "data: ping",
        "reset",
        "reset with a cancellation",
        "broken compression",
        "end",
        "half a chunk",
        "usage, then silence",
        "text, then silence",
    ];

    [Theory]
    [MemberData(nameof(Joints))]
    public async Task GetResponseAsync_OfSeveralDocumentsInAnEvent_ReadsEach(string body)
    {
        var response = await ChatScript.RespondAsync(body);

        Assert.Equal(("One, two, three.", "stop", false), (response.Text, response.FinishReason?.Value, response.IsTruncated));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-ndjson")]
    [InlineData(null)]
    public async Task GetResponseAsync_OfAListOfChunksUnderAnyLabel_ReadsEach(string? mediaType)
    {
        var response = await ChatScript.RespondAsync($"[{_one},\n {_two},{_last}]", mediaType);

        Assert.Equal(("One, two, three.", "stop"), (response.Text, response.FinishReason?.Value));
    }

    [Theory]
    [MemberData(nameof(Joints))]
    public async Task ReadTextAsync_OfSeveralDocumentsCutAtEveryByte_ReadsEach(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        for (var cut = 1; cut < bytes.Length; cut += 7)
        {
            var pieces = new PiecewiseStream().Send(bytes, 0, cut).Send(bytes, cut, bytes.Length - cut);

            Assert.Equal(["One, ", "two, ", "three."], await TextAsync(new ChatScript().Respond(pieces).Stream()));
        }
    }

    [Theory]
    [MemberData(nameof(Joints))]
    public async Task GetAsyncEnumerator_OfSeveralDocumentsInAnEvent_GivesEach(string body)
    {
        var texts = new List<string?>();

        await foreach (var chunk in new ChatScript().Respond(body).Stream())
        {
            texts.Add(chunk.Choices![0].Delta!.Content?.Text);
        }

        Assert.Equal(["One, ", "two, ", "three."], texts);
    }

    [Theory]
    [MemberData(nameof(ErrorPlaces))]
    public async Task GetResponseAsync_OfAnErrorBesideOtherDocuments_ThrowsIt(string body)
    {
        var stream = new ChatScript().Respond(body).Stream();

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => stream.GetResponseAsync());

        Assert.Equal(("Slow down.", "One, "), (exception.GatewayMessage, exception.PartialResponse?.Text));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task GetResponseAsync_OfATextInsteadOfChunks_Throws(string text)
    {
        foreach (var (mediaType, start, partial) in Labels())
        {
            var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => ChatScript.RespondAsync(start + text, mediaType));

            Assert.True(exception.PartialResponse?.Text == partial, $"{mediaType} {start}: {exception}");
        }
    }

    [Fact]
    public async Task GetResponseAsync_OfAPageInsteadOfChunks_QuotesIt()
    {
        const string Page = "<html><head>\n<title>502</title>\n</head><body>Bad gateway</body></html>\n";

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => ChatScript.RespondAsync(_beginning + Page));

        Assert.Contains("It starts: 502 Bad gateway.", exception.Message);
    }

    [Theory]
    [InlineData("Error: overloaded")]
    [InlineData("error: {\"code\":503,\"message\":\"overloaded\"}\n\n")]
    [InlineData("\"overloaded\"\n")]
    public async Task GetResponseAsync_OfAnErrorInAFieldOrLine_ThrowsIt(string text)
    {
        var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => ChatScript.RespondAsync(_beginning + text));

        Assert.Equal(("overloaded", "One, "), (exception.GatewayMessage, exception.PartialResponse?.Text));
    }

    [Theory]
    [InlineData("\uFEFFdata: ")]
    [InlineData("\0\0data: ")]
    [InlineData(" data: ")]
    [InlineData("DATA: ")]
    [InlineData("data : ")]
    [InlineData("data: \0")]
    [InlineData("\0")]
    public async Task ReadTextAsync_OfOddFieldNames_ReadsEach(string field)
    {
        var body = $"{field}{_one}\n\n{field}{_two}\n\n{field}{_last}\n\n{field}[done]\n\n";

        Assert.Equal(["One, ", "two, ", "three."], await TextAsync(new ChatScript().Respond(body).Stream()));
    }

    [Fact]
    public async Task ReadTextAsync_OfALoneSurrogateInTheNameOfAMember_ReadsEach()
    {
        var named = _one.Insert(1, "\"\\ud83d and more\":1,");

        Assert.Equal(["One, ", "three."], await TextAsync(new ChatScript().Respond($"data: {named}\n\ndata: {_last}\n\n{Done}").Stream()));
    }

    [Theory]
    [InlineData("{\"choices\":[{\"del")]
    [InlineData("data: [DO")]
    [InlineData("data: keep-al")]
    [InlineData("dat")]
    [InlineData("data: dat")]
    [InlineData(": keep-al")]
    public async Task GetResponseAsync_OfAStreamThatEndsInALine_IsTruncated(string end)
    {
        var response = await ChatScript.RespondAsync(_beginning + end);

        Assert.Equal(("One, ", true), (response.Text, response.IsTruncated));
    }

    [Theory]
    [InlineData("event: error\n\n")]
    [InlineData("event: error\ndata:\n\n")]
    [InlineData("event:ERROR\r\n\r\n")]
    [InlineData("event: error")]
    [InlineData("event: error\ndata: [DONE]\n\n")]
    [InlineData("event: error\ndata: ping\n\n")]
    public async Task GetResponseAsync_OfAnErrorWithoutData_Throws(string frame)
    {
        var stream = new ChatScript().Respond(_beginning + frame).Stream();

        var exception = await Assert.ThrowsAsync<CCApiException>(() => stream.GetResponseAsync());

        Assert.Equal(("The stream reports an error without a description.", "One, "), (exception.GatewayMessage, exception.PartialResponse?.Text));
    }

    [Theory]
    [InlineData("data: {\"id\":\"c1\"} and more\n\n", "and more")]
    [InlineData("data: {\"id\":\"c1\"}}\n\n", "}")]
    [InlineData("data: {\"id\":\"c1\"}\ndata: upstream gone\n\n", "upstream gone")]
    [InlineData("data: upstream gone\n\n", "upstream gone")]
    [InlineData("data: [DONE] upstream gone\n\n", "upstream gone")]
    [InlineData("data: {id:7}\n\n", "{id:7}")]
    [InlineData("{\"id\":\"c1\"},\n", ",")]
    public async Task GetResponseAsync_OfWhatIsNeitherJsonNorAHeartbeat_Throws(string frame, string start)
    {
        var stream = new ChatScript().Respond(_beginning + frame).Stream();

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => stream.GetResponseAsync());

        Assert.Equal(
            ($"POST /chat/completions sent a chunk that cannot be read. It starts: {start}. Check what stands between this program and the gateway.", "One, "),
            (exception.Message, exception.PartialResponse?.Text));
    }

    [Theory]
    [InlineData("data: {\"id\":\"c1\"}\ndata: {\"id\"")]
    [InlineData("data: {\"id\":\"c1\"}dat")]
    [InlineData("data: {\"id\":\"c1\"}\n\ndata: [DO")]
    [InlineData("data: {\"id\":\"c1\"}\n\ndata: keep-al")]
    [InlineData("data: {\"id\":\n\n")]
    public async Task GetResponseAsync_OfADocumentThatIsCut_IsTruncated(string end)
    {
        var response = await ChatScript.RespondAsync(_beginning + end);

        Assert.Equal(("One, ", true), (response.Text, response.IsTruncated));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-ndjson")]
    [InlineData("application/jsonl")]
    [InlineData(null)]
    public async Task GetResponseAsync_OfLinesWithAChunkEach_ReadsEach(string? mediaType)
    {
        string[] bodies = [$"{_one}\n{_two}\n{_last}\n", $"{_one}\r\n{_two}\r\n{_last}", $"{_one}{_two}{_last}[DONE]", $"{_one}\n\n{_two}\n\n{_last}\n\n[DONE]\n"];
        foreach (var body in bodies)
        {
            var response = await ChatScript.RespondAsync(body, mediaType);

            Assert.Equal(("One, two, three.", "stop", false), (response.Text, response.FinishReason?.Value, response.IsTruncated));
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    public async Task GetResponseAsync_OfALineWithOneChunk_ReadsItsDelta(string mediaType)
    {
        var response = await ChatScript.RespondAsync(_last, mediaType);

        Assert.Equal(("three.", false), (response.Text, response.IsTruncated));
    }

    [Fact]
    public async Task GetResponseAsync_OfLinesWithAnError_ThrowsIt()
    {
        var stream = new ChatScript().Respond($"{_one}\n{Error}\n", "application/json").Stream();

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => stream.GetResponseAsync());

        Assert.Equal("One, ", exception.PartialResponse?.Text);
    }

    [Theory]
    [MemberData(nameof(Heartbeats))]
    public async Task GetResponseAsync_OfHeartbeats_IgnoresThem(string heartbeat)
    {
        var response = await ChatScript.RespondAsync(heartbeat + ChatScript.Frames(_one) + heartbeat + heartbeat + ChatScript.Frames(_last) + heartbeat + Done);

        Assert.Equal(
            ("""{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"One, three."},"finish_reason":"stop"}]}""", false),
            (Wire.Write(response), response.IsTruncated));
    }

    [Theory]
    [MemberData(nameof(Heartbeats))]
    public async Task GetAsyncEnumerator_OfHeartbeats_GivesNoChunks(string heartbeat)
    {
        var count = 0;

        await foreach (var chunk in new ChatScript().Respond(heartbeat + ChatScript.Frames(_one) + heartbeat + Done).Stream())
        {
            count++;
        }

        Assert.Equal(1, count);
    }

    [Theory]
    [MemberData(nameof(Heartbeats))]
    public async Task GetResponseAsync_OfHeartbeatsWithoutEnd_IsATimeoutOfTheNextChunk(string heartbeat)
    {
        var script = new ChatScript();
        var body = new PiecewiseStream().Send(_beginning);
        for (var second = 1; second <= 30; second++)
        {
            body.Do(() => script.Time.Advance(TimeSpan.FromSeconds(1))).Send(heartbeat);
        }

        var options = new CCApiRequestOptions { NextChunk = TimeSpan.FromSeconds(20), Idle = TimeSpan.FromSeconds(5) };
        var stream = script.Respond(body.Wait()).Stream(options);

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => stream.GetResponseAsync());

        Assert.Equal((CCApiTimeoutKind.NextChunk, TimeSpan.FromSeconds(20), "One, "), (exception.Kind, exception.Elapsed, exception.PartialResponse?.Text));
        Assert.Contains("ran out of the NextChunk budget of 20 s", exception.Message);
        Assert.Contains("Raise CCApiRequestOptions.NextChunk", exception.Message);
    }

    [Theory]
    [MemberData(nameof(Heartbeats))]
    public async Task GetResponseAsync_OfHeartbeatsBeforeTheFirstChunk_IsATimeoutOfTheFirstChunk(string heartbeat)
    {
        var script = new ChatScript();
        var body = new PiecewiseStream();
        for (var second = 1; second <= 8; second++)
        {
            body.Send(heartbeat).Do(() => script.Time.Advance(TimeSpan.FromSeconds(1)));
        }

        var stream = script.Respond(body.Wait()).Stream(new CCApiRequestOptions { FirstChunk = TimeSpan.FromSeconds(7), NextChunk = TimeSpan.FromSeconds(2) });

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => stream.GetResponseAsync());

        Assert.Equal(CCApiTimeoutKind.FirstChunk, exception.Kind);
    }

    [Theory]
    [InlineData("""{"id":"c1","choices":[]}""")]
    [InlineData("""{"id":"c1","choices":[{"index":0,"delta":{"content":""},"finish_reason":null}]}""")]
    [InlineData("""{"id":"c1","choices":[{"index":0,"delta":{"role":"assistant"}}]}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":1}}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":""}],"annotations":[]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"message":{"content":"repeated"}}]}""")]
    public async Task GetResponseAsync_OfChunksThatCarryNothing_IsATimeoutOfTheNextChunk(string chunk)
    {
        var script = new ChatScript();
        var body = new PiecewiseStream().Send(_beginning);
        for (var second = 1; second <= 8; second++)
        {
            body.Do(() => script.Time.Advance(TimeSpan.FromSeconds(1))).Send(ChatScript.Frames(chunk));
        }

        var stream = script.Respond(body.Wait()).Stream(new CCApiRequestOptions { NextChunk = TimeSpan.FromSeconds(7) });

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => stream.GetResponseAsync());

        Assert.Equal(CCApiTimeoutKind.NextChunk, exception.Kind);
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"reasoning_content":"a"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"a"}}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"reasoning_text":"a"}}]}""")]
    public async Task GetResponseAsync_OfChunksThatCarrySomething_LastsAsLongAsTheyCome(string chunk)
    {
        var script = new ChatScript();
        var body = new PiecewiseStream().Send(_beginning);
        for (var i = 0; i < 9; i++)
        {
            body.Do(() => script.Time.Advance(TimeSpan.FromSeconds(6))).Send(ChatScript.Frames(chunk));
        }

        var response = await script.Respond(body.Send(Done)).Stream(new CCApiRequestOptions { NextChunk = TimeSpan.FromSeconds(7) }).GetResponseAsync();

        Assert.False(response.IsTruncated);
    }

    [Fact]
    public async Task GetAsyncEnumerator_SlowCallerAmongHeartbeats_DoesNotTimeOut()
    {
        var script = new ChatScript();
        var body = new PiecewiseStream();
        for (var i = 0; i < 6; i++)
        {
            body.Send(ChatScript.Frames(_one)).Do(() => script.Time.Advance(TimeSpan.FromSeconds(3))).Send("data: ping\n\n");
        }

        var count = 0;
        await foreach (var chunk in script.Respond(body.Send(Done)).Stream(new CCApiRequestOptions { NextChunk = TimeSpan.FromSeconds(7) }))
        {
            count++;
            script.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(6, count);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task GetResponseAsync_OfACompleteStream_EndsWhateverFollows(string end)
    {
        var script = new ChatScript();
        var body = new PiecewiseStream().Send(_beginning).Do(() => script.Time.Advance(TimeSpan.FromSeconds(50))).Send(ChatScript.Frames(_last));
        var (expected, seconds) = Finish(end, body, script);
        var reading = script.Respond(body).Stream().GetResponseAsync();
        if (end.EndsWith("silence", StringComparison.Ordinal))
        {
            await body.Waiting;
            script.Time.Advance(TimeSpan.FromSeconds(4.99));
            Assert.False(reading.IsCompleted);
            script.Time.Advance(TimeSpan.FromSeconds(0.01));
        }

        var response = await reading;

        Assert.Equal((expected, "stop", false, true), (response.Text, response.FinishReason?.Value, response.IsTruncated, response.Info is not null));
        Assert.True(script.Time.GetUtcNow() - script.Time.Start <= TimeSpan.FromSeconds(50 + seconds));
    }

    [Fact]
    public async Task ReadTextAsync_OfACompleteStreamThatIsReset_EndsTheLoop()
    {
        var stream = new ChatScript().Respond(new PiecewiseStream().Send(_complete).Fail(new IOException("reset"))).Stream();

        var texts = await TextAsync(stream);

        Assert.Equal(["One."], texts);
        Assert.False((await stream.GetResponseAsync()).IsTruncated);
        Assert.All(stream.Info!.Attempts, attempt => Assert.Null(attempt.Fault));
    }

    [Fact]
    public async Task GetResponseAsync_OfAnUnfinishedChoice_StaysTruncated()
    {
        var chunk = """{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"},{"index":1,"delta":{"content":"b"}}]}""";
        var stream = new ChatScript().Respond(new PiecewiseStream().Send(ChatScript.Frames(chunk)).Fail(new IOException("reset"))).Stream();

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => stream.GetResponseAsync());

        Assert.True(exception.PartialResponse!.IsTruncated);
    }

    [Fact]
    public async Task GetResponseAsync_OfAReadThatCompletesLater_HasItsChunks()
    {
        var more = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var body = new PiecewiseStream().Send(ChatScript.Frames(_one)).WaitFor(more.Task).Send(ChatScript.Frames(_two, _last)).Send(Done);
        var reading = new ChatScript().Respond(body).Stream().GetResponseAsync();
        await Patience.Wait(body.Waiting);

        more.SetResult(true);
        var response = await Patience.Wait(reading);

        Assert.Equal(("One, two, three.", false), (response.Text, response.IsTruncated));
    }

    [Fact]
    public async Task GetResponseAsync_CanceledAfterTheFinishReason_IsTheCallersCancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var body = new PiecewiseStream().Send(_complete).Wait();
        var reading = new ChatScript().Respond(body).Stream().GetResponseAsync(cancellation.Token);
        await body.Waiting;

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static (string Expected, int Seconds) Finish(string end, PiecewiseStream body, ChatScript script)
    {
        switch (end)
        {
            case "comments":
            case "data: ping":
                for (var second = 0; second < 30; second++)
                {
                    body.Send(end == "comments" ? ": here\n\n" : "data: ping\n\n").Do(() => script.Time.Advance(TimeSpan.FromSeconds(1)));
                }

                body.Wait();
                return ("One, three.", 5);
            case "reset":
                body.Fail(new IOException("reset"));
                return ("One, three.", 0);
            case "reset with a cancellation":
                body.Fail(new OperationCanceledException("reset"));
                return ("One, three.", 0);
            case "broken compression":
                body.Fail(new InvalidDataException("not gzip"));
                return ("One, three.", 0);
            case "half a chunk":
                body.Send("data: {\"usage\":{\"total_tok");
                return ("One, three.", 0);
            case "usage, then silence":
                body.Send(ChatScript.Frames("""{"choices":[],"usage":{"total_tokens":3}}""")).Wait();
                return ("One, three.", 5);
            case "text, then silence":
                body.Do(() => script.Time.Advance(TimeSpan.FromSeconds(4))).Send(ChatScript.Frames(ChatScript.Text(" More."))).Wait();
                return ("One, three. More.", 9);
            case "silence":
                body.Wait();
                return ("One, three.", 5);
            default:
                return ("One, three.", 0);
        }
    }

    /// <summary>The labels of streams, alone and after a chunk, and the text of it.</summary>
    private static IEnumerable<(string MediaType, string Start, string? Partial)> Labels() =>
    [
        ("text/event-stream", "", null),
        ("text/event-stream", _beginning, "One, "),
        ("text/event-stream", _complete, "One."),
        ("application/x-ndjson", "", null),
        ("application/x-ndjson", _one + "\n", "One, "),
    ];

    private static async Task<List<string>> TextAsync(StreamingChatCompletion stream)
    {
        var texts = new List<string>();
        await foreach (var text in stream.ReadTextAsync())
        {
            texts.Add(text);
        }

        return texts;
    }
}
