using System;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

/// <summary>Listeners and callbacks that throw: the call does not see it, and the span is not lost.</summary>
[Collection(TelemetryTestGroup.Name)]
public sealed class SafeSpanTests : IDisposable
{
    private const string Completion = """{"id":"c1","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}}""";

    private readonly ChatScript _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Theory]
    [InlineData("sample")]
    [InlineData("started")]
    [InlineData("stopped")]
    [InlineData("measured")]
    public async Task Call_WithAListenerThatThrows_SucceedsAndLeavesTheCurrentSpan(string where)
    {
        using var request = new Activity("request").Start();
        Activity? started = null;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CCApiDefaults.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId != request.TraceId || where != "sample" ? ActivitySamplingResult.AllData : throw new InvalidOperationException("sample"),
            ActivityStarted = span =>
            {
                started = span.TraceId == request.TraceId ? span : started;
                ThrowIf(where == "started" && span.TraceId == request.TraceId);
            },
            ActivityStopped = span => ThrowIf(where == "stopped" && span.TraceId == request.TraceId),
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener { InstrumentPublished = (instrument, own) => EnableOwn(instrument, own) };
        meters.SetMeasurementEventCallback<double>((_, _, _, _) => ThrowIf(where == "measured" && Activity.Current?.TraceId == request.TraceId));
        meters.Start();
        _gateway.Respond(Completion, "application/json").Respond(ChatScript.Frames(ChatScript.Text("a", "stop")) + "data: [DONE]\n\n");
        var client = _gateway.CreateClient();

        var plain = await client.CompleteAsync(ChatScript.Request);
        var streamed = await client.StreamAsync(ChatScript.Request).GetResponseAsync();

        Assert.Equal(("c1", "a"), (plain.Id, streamed.Text));
        Assert.Same(request, Activity.Current);
        Assert.True(where == "sample" ? started is null : started!.IsStopped);
    }

    [Fact]
    public async Task Call_WithCallbacksThatThrow_SucceedsAndNamesTheException()
    {
        using var telemetry = new TelemetryRecorder();
        _gateway.Options.Telemetry.EnrichWithRequest = (_, _) => throw new InvalidOperationException("secret");
        _gateway.Options.Telemetry.EnrichWithResponse = (_, _) => throw new FormatException("secret");
        _gateway.Options.Telemetry.EnrichWithException = (_, _) => throw new TimeZoneNotFoundException("secret");
        _gateway.Respond(Completion, "application/json").Respond("""{"error":{"message":"no"}}""", "application/json", System.Net.HttpStatusCode.BadRequest);
        var client = _gateway.CreateClient();

        await client.CompleteAsync(ChatScript.Request);
        await Assert.ThrowsAsync<CCApiBadRequestException>(() => client.CompleteAsync(ChatScript.Request));

        Assert.Equal(["System.FormatException", "System.TimeZoneNotFoundException"], telemetry.Spans.Select(span => span.GetTagItem("ccapi.enrichment.error")));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], telemetry.Spans.Select(span => span.Status));
    }

    [Fact]
    public async Task Call_WithCallbacks_GivesThemRequestResponseAndException()
    {
        using var telemetry = new TelemetryRecorder();
        _gateway.Options.Telemetry.EnrichWithRequest = (span, request) => span.SetTag("messages", ((ChatCompletionRequest)request).Messages.Count);
        _gateway.Options.Telemetry.EnrichWithResponse = (span, response) => span.SetTag("text", ((ChatCompletionResponse)response).Text);
        _gateway.Options.Telemetry.EnrichWithException = (span, exception) => span.SetTag("fault", exception.GetType().Name);
        _gateway.Respond(ChatScript.Frames(ChatScript.Text("a"), ChatScript.Text("b", "stop")) + "data: [DONE]\n\n");
        _gateway.Respond("""{"error":{"message":"no"}}""", "application/json", System.Net.HttpStatusCode.BadRequest);

        await _gateway.Stream().GetResponseAsync();
        await Assert.ThrowsAsync<CCApiBadRequestException>(() => _gateway.CreateClient().CompleteAsync(ChatScript.Request));

        Assert.Equal((1, "ab"), (telemetry.Spans[0].GetTagItem("messages"), telemetry.Spans[0].GetTagItem("text")));
        Assert.Equal("CCApiBadRequestException", telemetry.Spans[1].GetTagItem("fault"));
    }

    private static void EnableOwn(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == CCApiDefaults.TelemetryName)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static void ThrowIf(bool throws)
    {
        if (throws)
        {
            throw new InvalidOperationException("A listener.");
        }
    }
}
