using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

[Collection(TelemetryTestGroup.Name)]
public sealed class CallTelemetryTests : IDisposable
{
    private const string Completion =
        """{"id":"c1","model":"m-1","provider":"p","choices":[{"index":0,"message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18,"prompt_tokens_details":{"cached_tokens":3},"completion_tokens_details":{"reasoning_tokens":2}}}""";

    private const string Busy = """{"error":{"message":"busy","code":"upstream_error"}}""";

    private const string Usage = """{"id":"c1","model":"m","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}""";

    private readonly ChatScript _gateway = new();
    private readonly TelemetryRecorder _telemetry = new();

    public void Dispose()
    {
        _telemetry.Dispose();
        _gateway.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_WhoseHttpClientOrStrategiesCannotBeCreated_HasASpanWithTheError(bool isHttpClient)
    {
        var fault = new FormatException("wrong");
        var options = FakeGateway.Options(options => options.ConfigureResilience = isHttpClient ? null : _ => throw fault);
        using var transport = new CCApiTransport(options.CheckedCopy(), () => isHttpClient ? throw fault : new FakeGateway().HttpClient());
        using var client = new CCApiClient(transport);

        var exception = await Record.ExceptionAsync(() => client.Chat.CompleteAsync("m", "Hi"));

        Assert.Same(fault, exception);
        Assert.Equal(ActivityStatusCode.Error, _telemetry.Span.Status);
        Assert.Equal("System.FormatException", _telemetry.Span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task PlainCall_HasOneClientSpanWithRequestAndResponse()
    {
        _gateway.Respond(Completion, "application/json");

        await _gateway.CreateClient().CompleteAsync(new ChatCompletionRequest
        {
            Model = "m",
            Messages = [ChatMessage.User("Hi")],
            Temperature = 0.5,
            TopP = 0.9,
            TopK = 40,
            MaxTokens = 100,
            N = 2,
            Seed = 7,
            PresencePenalty = 0.1,
            FrequencyPenalty = 0.2,
            Stop = new[] { "END", "STOP" },
            ResponseFormat = new ChatResponseFormat { Type = "json_schema" },
        });

        var span = _telemetry.Span;
        Assert.Equal(("chat m", ActivityKind.Client, ActivityStatusCode.Unset), (span.DisplayName, span.Kind, span.Status));
        Assert.Equal(
            [
                "ccapi.request.id=req-1",
                "ccapi.response.provider=p",
                "gen_ai.operation.name=chat",
                "gen_ai.output.type=json",
                "gen_ai.provider.name=ccapi",
                "gen_ai.request.choice.count=2",
                "gen_ai.request.frequency_penalty=0.2",
                "gen_ai.request.max_tokens=100",
                "gen_ai.request.model=m",
                "gen_ai.request.presence_penalty=0.1",
                "gen_ai.request.seed=7",
                "gen_ai.request.stop_sequences=[END,STOP]",
                "gen_ai.request.temperature=0.5",
                "gen_ai.request.top_k=40",
                "gen_ai.request.top_p=0.9",
                "gen_ai.response.finish_reasons=[stop]",
                "gen_ai.response.id=c1",
                "gen_ai.response.model=m-1",
                "gen_ai.usage.cache_read.input_tokens=3",
                "gen_ai.usage.input_tokens=11",
                "gen_ai.usage.output_tokens=7",
                "gen_ai.usage.reasoning.output_tokens=2",
                "server.address=api.ccapi.ai",
                "server.port=443",
            ],
            span.Lines());
    }

    [Fact]
    public async Task Calls_UnderOneSpanOfTheirCaller_AddUpTheirCostsAndResends()
    {
        using var source = new ActivitySource("callers");
        using var recorder = new TelemetryRecorder([source.Name]);
        var completion = Completion.Replace("\"total_tokens\":18", "\"total_tokens\":18,\"cost\":0.25");
        _gateway.Respond(Busy, "application/json", HttpStatusCode.ServiceUnavailable).Respond(completion, "application/json").Respond(Busy, "application/json", HttpStatusCode.ServiceUnavailable).Respond(completion, "application/json").Respond(completion, "application/json");
        using (var span = source.StartActivity("invoke_agent")!)
        {
            span.SetTag("gen_ai.operation.name", "invoke_agent");
            for (var i = 0; i < 3; i++)
            {
                await _gateway.CreateClient().CompleteAsync(ChatScript.Request, new CCApiRequestOptions { IsInstrumentedByCaller = true });
            }
        }

        Assert.Equal((0.75, 2), (recorder.Span.GetTagItem("ccapi.cost.amount"), recorder.Span.GetTagItem("http.request.resend_count")));
        Assert.Equal(0.75, recorder.Sum("ccapi.client.cost"));
    }

    [Fact]
    public async Task PlainCall_IsSampledWithWhatDecidesIt()
    {
        _gateway.Respond(Completion, "application/json");

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(
            ["gen_ai.operation.name=chat", "gen_ai.provider.name=ccapi", "gen_ai.request.model=m", "server.address=api.ccapi.ai", "server.port=443"],
            Assert.Single(_telemetry.Sampled).Lines());
    }

    [Fact]
    public async Task PlainCall_WhileSent_HasTheSpanAsTheCurrentOneAndTheCallerKeepsItsOwn()
    {
        Activity? whileSent = null;
        _gateway.Respond(_ =>
        {
            whileSent = Activity.Current;
            return Task.FromResult(FakeGateway.Json(200, Completion));
        });
        var call = _gateway.CreateClient().CompleteAsync(ChatScript.Request);
        var afterStart = Activity.Current;

        await call;

        Assert.Equal("chat m", whileSent?.DisplayName);
        Assert.Null(afterStart);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Call_ThatIsRetried_HasOneSpanWithAnEventAndTheNumberOfResends()
    {
        _gateway.Respond(Busy, "application/json", HttpStatusCode.ServiceUnavailable).Respond(Busy, "application/json").Respond(Completion, "application/json");

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request);

        var span = _telemetry.Span;
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal(2, span.GetTagItem("http.request.resend_count"));
        Assert.Equal(
            ["ccapi.retry: ccapi.attempt=1 error.type=server http.response.status_code=503 ccapi.retry.delay=0 ccapi.retry.reason=transient",
             "ccapi.retry: ccapi.attempt=2 error.type=server http.response.status_code=200 ccapi.retry.delay=0 ccapi.retry.reason=transient"],
            span.Events.Select(Text));
        Assert.Equal((11, 7), (_telemetry.Sum("gen_ai.client.token.usage", "gen_ai.token.type", "input"), _telemetry.Sum("gen_ai.client.token.usage", "gen_ai.token.type", "output")));
        Assert.Equal(2, _telemetry.Sum("ccapi.client.retries", "error.type", "server"));
    }

    [Fact]
    public async Task Call_ThatFailsOver_HasAnEventWithTheNextModel()
    {
        _gateway.Respond("""{"error":{"message":"no","code":"model_not_found"}}""", "application/json", HttpStatusCode.NotFound).Respond(Completion, "application/json");

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request, new CCApiRequestOptions { FailoverModels = ["n"] });

        Assert.Equal(
            ["ccapi.failover: ccapi.attempt=1 error.type=model_unavailable http.response.status_code=404 ccapi.failover.model=n"],
            _telemetry.Span.Events.Select(Text));
        Assert.Equal("m", _telemetry.Span.GetTagItem("gen_ai.request.model"));
        Assert.Equal(
            ["ccapi.failover.model=n", "error.type=model_unavailable", "gen_ai.operation.name=chat", "gen_ai.provider.name=ccapi", "gen_ai.request.model=m", "server.address=api.ccapi.ai", "server.port=443"],
            Assert.Single(_telemetry.Of("ccapi.client.failovers")).Tags.Lines());
    }

    [Fact]
    public async Task Call_ThatFails_HasTheErrorAndItsStatusButNoMessage()
    {
        _gateway.Respond("""{"error":{"message":"Say please.","code":"impolite"}}""", "application/json", HttpStatusCode.BadRequest);

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => _gateway.CreateClient().CompleteAsync(ChatScript.Request));

        var span = _telemetry.Span;
        Assert.Equal((ActivityStatusCode.Error, null), (span.Status, span.StatusDescription));
        Assert.Equal(("bad_request", 400), (span.GetTagItem("error.type"), span.GetTagItem("http.response.status_code")));
        Assert.Equal("bad_request", Assert.Single(_telemetry.Of("gen_ai.client.operation.duration")).Tags["error.type"]);
        Assert.Empty(_telemetry.Of("gen_ai.client.token.usage"));
    }

    [Fact]
    public async Task Call_ThatIsCanceled_LeavesTheStatusUnset()
    {
        using var source = new CancellationTokenSource();
        _gateway.Respond(token =>
        {
            source.Cancel();
            token.ThrowIfCancellationRequested();
            return Task.FromResult(new HttpResponseMessage());
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _gateway.CreateClient().CompleteAsync(ChatScript.Request, cancellationToken: source.Token));

        var span = _telemetry.Span;
        Assert.Equal((ActivityStatusCode.Unset, null), (span.Status, span.GetTagItem("error.type")));
        Assert.False(Assert.Single(_telemetry.Of("gen_ai.client.operation.duration")).Tags.ContainsKey("error.type"));
    }

    [Fact]
    public async Task Call_WithAWrongArgument_HasNoSpan()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _gateway.CreateClient().CompleteAsync(ChatScript.Request, new CCApiRequestOptions { MaxRetries = -1 }));

        Assert.Empty(_telemetry.Spans);
        Assert.Empty(_telemetry.Measurements);
    }

    [Fact]
    public async Task Stream_ReadToItsEnd_HasOneSpanWithUsageAndTimes()
    {
        var body = new PiecewiseStream();
        _gateway.Respond(body.Send(ChatScript.Frames(ChatScript.Text("a"), ChatScript.Text("b", "stop"), Usage) + "data: [DONE]\n\n"));

        await foreach (var _ in _gateway.Stream())
        {
            Assert.Null(Activity.Current);
            Assert.Empty(_telemetry.Spans);
        }

        var span = _telemetry.Span;
        Assert.Equal(("chat m", ActivityStatusCode.Unset), (span.DisplayName, span.Status));
        Assert.Equal(
            [
                "ccapi.request.id=req-1",
                "gen_ai.operation.name=chat",
                "gen_ai.provider.name=ccapi",
                "gen_ai.request.model=m",
                "gen_ai.request.stream=True",
                "gen_ai.response.finish_reasons=[stop]",
                "gen_ai.response.id=c1",
                "gen_ai.response.model=m",
                "gen_ai.response.time_to_first_chunk=0",
                "gen_ai.usage.input_tokens=11",
                "gen_ai.usage.output_tokens=7",
                "server.address=api.ccapi.ai",
                "server.port=443",
            ],
            span.Lines());
        Assert.Single(_telemetry.Of("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Equal(2, _telemetry.Of("gen_ai.client.operation.time_per_output_chunk").Count);
        Assert.Equal(2, _telemetry.Of("gen_ai.client.token.usage").Count);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Stream_ThatIsNeverRead_HasNoSpan()
    {
        await using (_gateway.Stream())
        {
        }

        Assert.Empty(_telemetry.Spans);
    }

    [Fact]
    public async Task Failure_WithAHugeMessage_HasABoundedDescription()
    {
        _gateway.Options.Telemetry.CaptureContent = true;
        _gateway.Options.Telemetry.MaxContentLength = 20;
        _gateway.Respond("""{"error":{"message":"A message of the gateway that is long."}}""", "application/json", HttpStatusCode.BadRequest);

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => _gateway.CreateClient().CompleteAsync(ChatScript.Request));

        Assert.Equal(21, _telemetry.Span.StatusDescription!.Length);
    }

    [Fact]
    public async Task Enrichment_OfAStreamThatCannotBeAssembled_SeesItsResponseOnce()
    {
        var responses = 0;
        _gateway.Options.Telemetry.EnrichWithResponse = (_, _) => responses++;
        var choices = Enumerable.Range(0, CCApiDefaults.MaxStreamChoices + 1).Select(i => $$$"""{"choices":[{"index":{{{i}}},"delta":{"content":"a"}}]}""");
        _gateway.Respond(ChatScript.Frames([.. choices]));

        await Assert.ThrowsAsync<CCApiStreamException>(() => _gateway.Stream().GetResponseAsync());

        Assert.Equal(1, responses);
    }

    [Fact]
    public async Task Enrichment_ThatStartsASpan_DoesNotMakeItTheParentOfTheRequest()
    {
        Activity? parent = null;
        using var leaked = new Activity("leaked");
        _gateway.Options.Telemetry.EnrichWithRequest = (_, _) => leaked.Start();
        _gateway.Respond(_ =>
        {
            parent = Activity.Current;
            return Task.FromResult(FakeGateway.Json(200, Completion));
        });

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Same(_telemetry.Span, parent);
    }

    [Fact]
    public async Task Stream_DisposedWhileTheCurrentSpanHasStopped_LeavesThatSpan()
    {
        using var first = new Activity("first").Start();
        var call = CallTelemetry.Start(
            new TelemetrySettings(new CCApiTelemetryOptions()),
            ChatTelemetry.Instance,
            new CallDescription(ChatScript.Request, new Uri("https://gateway.test/v1/"), "POST", IsStream: true, IsInstrumentedByCaller: false, new TelemetryText(text => text, text => text)))!;
        Activity.Current = null;
        var second = new Activity("second").Start();
        await Task.Run(second.Stop);

        call.End(TimeSpan.Zero, attempts: 1);

        Assert.Same(second, Activity.Current);
        Assert.Single(_telemetry.Spans);
    }

    [Fact]
    public async Task Stream_WithFurtherReaders_HasOneSpanWithTheTokensOfTheFirst()
    {
        _gateway.Respond(ChatScript.Frames(ChatScript.Text("a"), ChatScript.Text("b", "stop"), Usage) + "data: [DONE]\n\n");
        var stream = _gateway.Stream();
        await using var first = stream.GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.GetAsyncEnumerator().MoveNextAsync());
        Assert.Empty(_telemetry.Spans);
        while (await first.MoveNextAsync())
        {
            // To the end.
        }

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.GetAsyncEnumerator().MoveNextAsync());
        await stream.GetResponseAsync();

        Assert.Equal((ActivityStatusCode.Unset, null, 11L), (_telemetry.Span.Status, _telemetry.Span.GetTagItem("error.type"), _telemetry.Span.GetTagItem("gen_ai.usage.input_tokens")));
        Assert.Equal(18, _telemetry.Sum("gen_ai.client.token.usage"));
        Assert.Single(_telemetry.Of("gen_ai.client.operation.duration"));
    }

    [Fact]
    public async Task Stream_WhoseEnumeratorIsDropped_HasOneSpanUntilItsLastChunk()
    {
        // The finalizer has another asynchronous context than the test, which the recorder filters by.
        using var request = new Activity("request").Start();
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CCApiDefaults.TelemetryName,
            ActivityStopped = span => ended.Enqueue(span),
        };
        ActivitySource.AddActivityListener(listener);
        var body = new PiecewiseStream().Do(() => _gateway.Time.Advance(TimeSpan.FromSeconds(2))).Send(ChatScript.Frames(ChatScript.Text("a"))).Wait();
        var client = _gateway.Respond(body).CreateClient();
        await DropAsync();

        for (var i = 0; i < 10 && ended.IsEmpty; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        var span = Assert.Single(ended, span => span.TraceId == request.TraceId);
        Assert.Equal((ActivityStatusCode.Unset, null), (span.Status, span.GetTagItem("error.type")));
        Assert.Equal(TimeSpan.FromSeconds(2), span.Duration);
        GC.KeepAlive(client);

        [MethodImpl(MethodImplOptions.NoInlining)]
        async Task DropAsync() => Assert.True(await client.StreamAsync(ChatScript.Request).GetAsyncEnumerator().MoveNextAsync());
    }

    [Theory]
    [InlineData("break")]
    [InlineData("dispose")]
    [InlineData("cancel")]
    public async Task Stream_ThatIsAbandoned_HasOneSpanWithoutAnError(string how)
    {
        using var source = new CancellationTokenSource();
        var body = new PiecewiseStream().Send(ChatScript.Frames(ChatScript.Text("a"), ChatScript.Text("b")));
        _gateway.Respond(body);
        var stream = _gateway.Stream(cancellationToken: source.Token);
        var chunks = stream.GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync());

        switch (how)
        {
            case "break":
                await chunks.DisposeAsync();
                break;
            case "dispose":
                await stream.DisposeAsync();
                break;
            default:
                source.Cancel();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
                {
                    while (await chunks.MoveNextAsync())
                    {
                        // Until the cancellation is seen.
                    }
                });
                break;
        }

        var span = _telemetry.Span;
        Assert.Equal((ActivityStatusCode.Unset, null, true), (span.Status, span.GetTagItem("error.type"), span.GetTagItem("ccapi.response.truncated")));
        Assert.Single(_telemetry.Of("gen_ai.client.operation.duration"));
        Assert.Empty(_telemetry.Of("gen_ai.client.token.usage"));
        Assert.Null(Activity.Current);
        await stream.DisposeAsync();
        Assert.Single(_telemetry.Spans);
    }

    [Fact]
    public async Task Stream_ThatBreaks_HasTheErrorAndTheUsageThatHadArrived()
    {
        _gateway.Respond(_ => Task.FromResult(FakeGateway.Stream(200, ScriptedStream.Breaking(Bodies.Utf8(ChatScript.Frames(ChatScript.Text("a"), Usage))))));

        await Assert.ThrowsAsync<CCApiStreamException>(() => _gateway.Stream().GetResponseAsync());

        var span = _telemetry.Span;
        Assert.Equal((ActivityStatusCode.Error, "stream"), (span.Status, span.GetTagItem("error.type")));
        Assert.Equal((11L, 18.0), (span.GetTagItem("gen_ai.usage.input_tokens"), _telemetry.Sum("gen_ai.client.token.usage")));
    }

    [Fact]
    public async Task Stream_ThatCannotBeAssembled_HasTheErrorAndTheExceptionHasWhatArrived()
    {
        var choices = Enumerable.Range(0, CCApiDefaults.MaxStreamChoices + 1).Select(i => $$$"""{"choices":[{"index":{{{i}}},"delta":{"content":"a"}}]}""");
        _gateway.Respond(ChatScript.Frames([.. choices]));

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => _gateway.Stream().GetResponseAsync());

        var span = _telemetry.Span;
        Assert.Equal((ActivityStatusCode.Error, "stream", 200), (span.Status, span.GetTagItem("error.type"), span.GetTagItem("http.response.status_code")));
        Assert.Equal("stream", Assert.Single(_telemetry.Of("gen_ai.client.operation.duration")).Tags["error.type"]);
        Assert.Equal((CCApiDefaults.MaxStreamChoices, "req-1"), (exception.PartialResponse!.Choices!.Count, exception.RequestId));
    }

    [Fact]
    public async Task Stream_WhoseBodyThrowsAnything_HasItsType()
    {
        _gateway.Respond(new PiecewiseStream().Send(ChatScript.Frames(ChatScript.Text("a"))).Do(() => throw new NotSupportedException("broken")));

        await Assert.ThrowsAnyAsync<Exception>(() => _gateway.Stream().GetResponseAsync());

        var span = _telemetry.Span;
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.NotNull(span.GetTagItem("error.type"));
    }

    [Theory]
    [InlineData("""{"city":"Oslo"}""", "stop", null)]
    [InlineData("""{"town":"Oslo"}""", "stop", "structured_output")]
    [InlineData("""{"city":"Os""", "length", "structured_output")]
    [InlineData("""{"city":"Oslo"}""", "content_filter", "structured_output")]
    public async Task StructuredOutput_ThatIsNotOfTheType_IsTheErrorOfItsCall(string text, string finishReason, string? expected)
    {
        var completion = Completion.Replace("\"Hello.\"", Wire.Quote(text)).Replace("\"stop\"", Wire.Quote(finishReason));
        _gateway.Respond(completion, "application/json").Respond(completion, "application/json");

        var exception = await Record.ExceptionAsync(() => _gateway.CreateClient().CompleteAsync(ChatScript.Request, SampleJson.Default.CityArgs));

        Assert.Equal(expected, exception is null ? null : ErrorCode.Of(exception));
        Assert.All(_telemetry.Spans, span => Assert.Equal(expected, span.GetTagItem("error.type")));
        Assert.All(_telemetry.Spans, span => Assert.Equal(expected is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, span.Status));
        Assert.All(_telemetry.Of("gen_ai.client.operation.duration"), value => Assert.Equal(expected, value.Tags.GetValueOrNull("error.type")));
        Assert.Equal(11 * _telemetry.Spans.Count, _telemetry.Sum("gen_ai.client.token.usage", "gen_ai.token.type", "input"));
    }

    [Fact]
    public async Task StructuredOutput_ThatIsCorrected_HasAnErrorOnTheFirstCallOnly()
    {
        _gateway.Respond(Completion, "application/json").Respond(Completion.Replace("\"Hello.\"", Wire.Quote("""{"city":"Oslo"}""")), "application/json");

        var response = await _gateway.CreateClient().CompleteAsync(ChatScript.Request, SampleJson.Default.CityArgs);

        Assert.Equal("Oslo", response.Value.City);
        Assert.Equal(["structured_output", null], _telemetry.Spans.Select(span => span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task StructuredOutput_BehindThinkTags_IsNotAnError()
    {
        _gateway.Respond(Completion.Replace("\"Hello.\"", Wire.Quote("""<think>{"town":1}</think>{"city":"Oslo"}""")), "application/json");

        var response = await _gateway.CreateClient().CompleteAsync(ChatScript.Request, SampleJson.Default.CityArgs, new CCApiRequestOptions { SeparateThinking = true });

        Assert.Equal(("Oslo", """{"town":1}"""), (response.Value.City, response.Response!.Reasoning));
        Assert.Null(_telemetry.Span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task Stream_ThatIsRetriedBeforeItsContent_HasTheFirstChunkOfTheAttemptThatCounts()
    {
        _gateway.Respond(ChatScript.Frames("""{"id":"c0","choices":[{"index":0,"delta":{"role":"assistant"}}]}""") + $"data: {Busy}\n\n");
        _gateway.Respond(ChatScript.Frames(ChatScript.Text("a", "stop"), Usage) + "data: [DONE]\n\n");

        await _gateway.Stream().GetResponseAsync();

        var span = _telemetry.Span;
        Assert.Equal(("c1", 1), (span.GetTagItem("gen_ai.response.id"), span.GetTagItem("http.request.resend_count")));
        Assert.Equal("ccapi.retry", Assert.Single(span.Events).Name);
        Assert.Equal(18, _telemetry.Sum("gen_ai.client.token.usage"));
        Assert.Single(_telemetry.Of("gen_ai.client.operation.time_to_first_chunk"));
    }

    [Fact]
    public async Task PlainCall_RespondedByAStream_HasNoTimesOfAStream()
    {
        _gateway.Respond(ChatScript.Frames(ChatScript.Text("a", "stop"), Usage) + "data: [DONE]\n\n");

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(11L, _telemetry.Span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(18, _telemetry.Sum("gen_ai.client.token.usage"));
        Assert.Empty(_telemetry.Of("gen_ai.client.operation.time_to_first_chunk"));
    }

    [Fact]
    public async Task Texts_OfTheGateway_AreBoundedAndWithoutTheKey()
    {
        _gateway.Options.ApiKey = "sk-secret-0123456789";
        var id = "sk-secret-0123456789" + new string('x', 500);
        _gateway.Respond($$$"""{"id":"{{{id}}}","model":"m\nx","choices":[{"message":{"content":"Hi"}}]}""", "application/json");

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request);

        var span = _telemetry.Span;
        Assert.Equal("***" + new string('x', 97) + "…", span.GetTagItem("gen_ai.response.id"));
        Assert.Equal("m x", span.GetTagItem("gen_ai.response.model"));
    }

    [Fact]
    public async Task Call_InstrumentedByItsCaller_EnrichesTheSpanOfTheConventionsAndEmitsOnlyOwnMetrics()
    {
        using var source = new ActivitySource("caller");
        using var listener = new ActivityListener { ShouldListenTo = s => s == source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        _gateway.Respond(Busy, "application/json", HttpStatusCode.ServiceUnavailable).Respond(Completion, "application/json");
        using var span = source.StartActivity("chat m");
        span!.SetTag("gen_ai.operation.name", "chat");

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request, new CCApiRequestOptions { IsInstrumentedByCaller = true });

        Assert.Empty(_telemetry.Spans);
        Assert.Equal(["ccapi.request.id=req-1", "gen_ai.operation.name=chat", "http.request.resend_count=1"], span.Lines());
        Assert.Equal("ccapi.retry", Assert.Single(span.Events).Name);
        Assert.Equal("ccapi.client.retries", Assert.Single(_telemetry.Measurements).Name);
        Assert.Same(span, Activity.Current);
        Assert.False(span.IsStopped);
    }

    [Fact]
    public async Task Call_InstrumentedByItsCaller_LeavesAnyOtherSpanAlone()
    {
        using var span = new Activity("request").Start();
        _gateway.Respond(Completion, "application/json");

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request, new CCApiRequestOptions { IsInstrumentedByCaller = true });

        Assert.Empty(span.TagObjects);
        Assert.Empty(_telemetry.Measurements);
    }

    private static string Text(ActivityEvent happened) => $"{happened.Name}: {string.Join(" ", happened.Tags.Select(tag => FormattableString.Invariant($"{tag.Key}={tag.Value}")))}";
}
