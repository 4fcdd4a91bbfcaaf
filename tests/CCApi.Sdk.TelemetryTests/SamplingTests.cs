using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>Whatever a listener samples, each kind of call has the same charges and the same metrics; only the spans differ.</summary>
[Collection("Exporter")]
public sealed class SamplingTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(ActivitySamplingResult.None)]
    [InlineData(ActivitySamplingResult.PropagationData)]
    [InlineData(ActivitySamplingResult.AllData)]
    [InlineData(ActivitySamplingResult.AllDataAndRecorded)]
    public async Task Calls_WithThisSampling_HaveTheCostOfTheLedgerInTheMetricAndWhatIsSampledInSpans(ActivitySamplingResult? sampling)
    {
        await using var clients = await MeasuredClients.StartAsync(options => options.Telemetry.CaptureContent = true);
        using var spans = new SampledSpans(sampling);
        using var measurements = new Measurements();
        using var request = new Activity("request").Start();

        foreach (var call in MeasuredCalls.All)
        {
            await call.RunAsync(clients);
        }

        await FailInAToolAsync(clients);

        Assert.Same(request, Activity.Current);
        var own = clients.Client.Costs.GetSnapshot().Total;
        Assert.Equal((double)own.AmountIn("USD"), measurements.Sum("ccapi.client.cost") - measurements.Sum("ccapi.client.cost.refunded"), precision: 9);
        Assert.True(measurements.Sum("gen_ai.client.token.usage") > 0);
        spans.AssertSampled(sampling);
    }

    private static async Task FailInAToolAsync(MeasuredClients clients)
    {
        var tools = new ChatTools().Add("get_weather", "Weather", """{"type":"object"}""", (_, _) => throw new InvalidOperationException("No weather."));
        await foreach (var _ in clients.Client.Chat.RunAsync(MeasuredClients.Request("The weather?"), tools))
        {
            // To the end.
        }
    }

    /// <summary>The spans of this SDK and what each was sampled with.</summary>
    private sealed class SampledSpans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = new();
        private readonly ConcurrentDictionary<string, byte> _sampledTags = new();
        private readonly ActivityListener? _listener;
        private int _sampled;

        public SampledSpans(ActivitySamplingResult? sampling)
        {
            if (sampling is null)
            {
                return;
            }

            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == CCApiDefaults.TelemetryName,
                Sample = (ref ActivityCreationOptions<ActivityContext> options) => Sample(options.Tags, sampling.Value),
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public void AssertSampled(ActivitySamplingResult? sampling)
        {
            var expected = sampling is null or ActivitySamplingResult.None ? 0 : _sampled;
            Assert.Equal(expected, _ended.Count);
            Assert.Equal(sampling is null, _sampled == 0);
            Assert.All(_ended, span => Assert.Equal(sampling == ActivitySamplingResult.AllDataAndRecorded, span.Recorded));
            if (sampling == ActivitySamplingResult.PropagationData)
            {
                Assert.All(_ended, span => Assert.All(span.TagObjects, tag => Assert.Contains(tag.Key, _sampledTags.Keys)));
                Assert.All(_ended, span => Assert.Empty(span.Events));
                Assert.All(_ended, span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
            }

            if (sampling is ActivitySamplingResult.AllData or ActivitySamplingResult.AllDataAndRecorded)
            {
                Assert.Contains(_ended, span => span.GetTagItem("gen_ai.input.messages") is not null);
                Assert.Contains(_ended, span => span.GetTagItem("ccapi.cost.amount") is not null);
                Assert.Contains(_ended, span => span.DisplayName == "execute_tool get_weather" && span.Status == ActivityStatusCode.Error);
                Assert.Contains(_ended, span => span.Events.Any());
            }
        }

        public void Dispose() => _listener?.Dispose();

        private ActivitySamplingResult Sample(IEnumerable<KeyValuePair<string, object?>>? tags, ActivitySamplingResult result)
        {
            _sampled++;
            foreach (var tag in tags ?? [])
            {
                _sampledTags[tag.Key] = 0;
            }

            return result;
        }
    }

    /// <summary>The sums of the metrics of this SDK.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly ConcurrentDictionary<string, double> _sums = new();
        private readonly MeterListener _listener = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == CCApiDefaults.TelemetryName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };

        public Measurements()
        {
            _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument.Name, value));
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument.Name, value));
            _listener.Start();
        }

        public double Sum(string name) => _sums.GetValueOrDefault(name);

        public void Dispose() => _listener.Dispose();

        private void Add(string name, double value) => _sums.AddOrUpdate(name, value, (_, sum) => sum + value);
    }
}
