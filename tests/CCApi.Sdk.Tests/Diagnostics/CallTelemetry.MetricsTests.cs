using System;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

[Collection(TelemetryTestGroup.Name)]
public sealed class CallTelemetryMetricsTests : IDisposable
{
    private const string Completion = """{"model":"m-1","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}}""";

    private static readonly string[] _common =
        ["gen_ai.operation.name=chat", "gen_ai.provider.name=ccapi", "gen_ai.request.model=m", "gen_ai.response.model=m-1", "server.address=api.ccapi.ai", "server.port=443"];

    private readonly ChatScript _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task PlainCall_RecordsItsDurationAndTokensOnceWithTheirAttributes()
    {
        using var telemetry = new TelemetryRecorder(withSpans: false);
        _gateway.Respond(_ =>
        {
            _gateway.Time.Advance(TimeSpan.FromSeconds(1.5));
            return Task.FromResult(FakeGateway.Json(200, Completion));
        });

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(
            [("gen_ai.client.token.usage", 11.0), ("gen_ai.client.token.usage", 7.0), ("gen_ai.client.operation.duration", 1.5)],
            telemetry.Measurements.Select(measurement => (measurement.Name, measurement.Value)));
        Assert.Equal(_common.Append("gen_ai.token.type=input").Order(StringComparer.Ordinal), telemetry.Measurements[0].Tags.Lines());
        Assert.Equal(_common.Append("gen_ai.token.type=output").Order(StringComparer.Ordinal), telemetry.Measurements[1].Tags.Lines());
        Assert.Equal(_common, telemetry.Measurements[2].Tags.Lines());
    }

    [Fact]
    public async Task Stream_RecordsTheTimesBetweenItsChunks()
    {
        using var telemetry = new TelemetryRecorder(withSpans: false);
        var body = new PiecewiseStream();
        foreach (var text in new[] { "a", "b", "c" })
        {
            body.Do(() => _gateway.Time.Advance(TimeSpan.FromSeconds(2))).Send(ChatScript.Frames(ChatScript.Text(text)));
        }

        _gateway.Respond(body);

        await _gateway.Stream().GetResponseAsync();

        Assert.Equal(2, Assert.Single(telemetry.Of("gen_ai.client.operation.time_to_first_chunk")).Value);
        Assert.Equal([2.0, 2.0], telemetry.Of("gen_ai.client.operation.time_per_output_chunk").Select(measurement => measurement.Value));
        Assert.Equal(6, Assert.Single(telemetry.Of("gen_ai.client.operation.duration")).Value);
    }

    [Fact]
    public async Task LimiterWait_IsRecordedWithTheCall()
    {
        using var telemetry = new TelemetryRecorder(withSpans: false);
        await Task.Yield();
        var call = Start(isInstrumentedByCaller: true);

        call.AddLimiterWait(TimeSpan.FromSeconds(3));

        var measurement = Assert.Single(telemetry.Measurements);
        Assert.Equal(("ccapi.client.limiter.wait", 3.0), (measurement.Name, measurement.Value));
        Assert.Equal("gateway.test", measurement.Tags["server.address"]);
    }

    [Fact]
    public async Task Budgets_OfCalls_RecordWhatTheyReserveAndReject()
    {
        using var telemetry = new TelemetryRecorder(withSpans: false);
        _gateway.Options.Budget = new CCApiBudget(3) { UnknownPriceReservation = 2 };
        _gateway.Respond(Completion, "application/json");
        using var scope = CostScope.Begin("tenant-42", budget: new CCApiBudget(20, "credits") { UnknownPriceReservation = 5 });
        var client = _gateway.CreateClient();

        await client.CompleteAsync(ChatScript.Request);
        await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => client.CompleteAsync(ChatScript.Request));

        var reserved = telemetry.Of("ccapi.client.budget.reserved");
        var rejection = Assert.Single(telemetry.Of("ccapi.client.budget.rejections"));
        Assert.Equal([(5.0, "scope", "credits"), (2.0, "client", "USD")], reserved.Select(one => (one.Value, one.Tags["ccapi.budget.owner"], one.Tags["ccapi.cost.currency"])));
        Assert.Equal(
            ["ccapi.budget.owner=client", "ccapi.cost.currency=USD", "gen_ai.operation.name=chat", "gen_ai.provider.name=ccapi", "gen_ai.request.model=m", "server.address=api.ccapi.ai", "server.port=443"],
            rejection.Tags.Lines());
        Assert.Equal(1, rejection.Value);
    }

    [Theory]
    [InlineData(null, 0.03, "USD", new[] { "ccapi.client.cost=0.03" })]
    [InlineData(0.03, 0.03, "USD", new[] { "ccapi.client.cost=0.03" })]
    [InlineData(0.03, 0.05, "USD", new[] { "ccapi.client.cost=0.03", "ccapi.client.cost=0.02" })]
    [InlineData(0.03, 0.0, "USD", new[] { "ccapi.client.cost=0.03", "ccapi.client.cost.refunded=0.03" })]
    [InlineData(0.03, 0.01, "USD", new[] { "ccapi.client.cost=0.03", "ccapi.client.cost.refunded=0.02" })]
    [InlineData(0.03, 3.0, "credits", new[] { "ccapi.client.cost=0.03" })]
    [InlineData(0.03, null, "USD", new[] { "ccapi.client.cost=0.03" })]
    public async Task Settle_AfterTheEnd_RecordsWhatDiffers(double? atStart, double? atEnd, string currency, string[] expected)
    {
        using var telemetry = new TelemetryRecorder(withSpans: false);
        await Task.Yield();
        var call = Start(isInstrumentedByCaller: true);
        call.AddCost(Cost(atStart, "USD"));
        call.End(TimeSpan.Zero, attempts: 1);

        call.Settle(Cost(atEnd, currency));

        Assert.Equal(expected, telemetry.Measurements.Select(measurement => FormattableString.Invariant($"{measurement.Name}={measurement.Value}")));
        Assert.All(telemetry.Measurements, measurement => Assert.Equal("USD", measurement.Tags["ccapi.cost.currency"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tokens_WithAListenerThatThrows_AreRecordedForTheOthers(bool usesLatest)
    {
        using var telemetry = new TelemetryRecorder(withSpans: false);
        using var hostile = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == CCApiDefaults.TelemetryName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        hostile.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("A listener."));
        hostile.Start();
        _gateway.Options.Telemetry.UseLatestConventions = usesLatest;
        _gateway.Respond(Completion, "application/json");

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request);

        hostile.Dispose();
        string[] expected = usesLatest
            ? ["gen_ai.client.inference.usage.input_tokens=11", "gen_ai.client.inference.usage.output_tokens=7", "gen_ai.client.inference.operation.input_tokens=11", "gen_ai.client.inference.operation.output_tokens=7"]
            : ["gen_ai.client.token.usage=11", "gen_ai.client.token.usage=7"];
        var recorded = telemetry.Measurements.Where(measurement => measurement.Name.Contains("token", StringComparison.Ordinal));
        Assert.Equal(expected, recorded.Select(measurement => FormattableString.Invariant($"{measurement.Name}={measurement.Value}")));
    }

    private static CCApiCost Cost(double? amount, string currency) => new() { Amount = (decimal?)amount, Currency = currency, Source = CostSource.Computed };

    private static CallTelemetry Start(bool isInstrumentedByCaller) => CallTelemetry.Start(
        new TelemetrySettings(new CCApiTelemetryOptions()),
        ChatTelemetry.Instance,
        new CallDescription(ChatScript.Request, new Uri("https://gateway.test/v1/"), "POST", IsStream: false, isInstrumentedByCaller, new TelemetryText(text => text, text => text)))!;
}
