using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Benchmarks;

/// <summary>
/// What telemetry adds to a call by who listens: the median of the rounds' differences to the call that nobody listens to. Every
/// listener has its turn in each round.
/// </summary>
internal static class TelemetryCost
{
    private const int Rounds = 41;

    private static readonly (string Name, Func<IDisposable?> Listen)[] _listeners =
    [
        ("nobody", () => null),
        ("metrics", ListenToMetrics),
        ("spans, not sampled", () => ListenToSpans(ActivitySamplingResult.None)),
        ("spans", () => ListenToSpans(ActivitySamplingResult.AllDataAndRecorded)),
        ("metrics and spans", () => new Both(ListenToMetrics(), ListenToSpans(ActivitySamplingResult.AllDataAndRecorded))),
    ];

    public static async Task RunAsync()
    {
        var request = Contestants.SdkRequest(1);
        var plain = new Contestants(() => CannedHandler.Json(Bodies.Plain)).Sdk.Chat;
        var stream = new Contestants(() => CannedHandler.Events(Bodies.Stream)).Sdk.Chat;

        Console.WriteLine("| call | who listens | time | added | bytes | added |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|");
        await MeasureAsync("plain", calls: 2000, () => plain.CompleteAsync(request)).ConfigureAwait(false);
        await MeasureAsync("stream of 1000 chunks", calls: 40, () => ReadAsync(stream, request)).ConfigureAwait(false);
    }

    private static async Task MeasureAsync(string call, int calls, Func<Task> callAsync)
    {
        var results = _listeners.Select(_ => new List<(double Time, double Bytes)>()).ToArray();
        for (var round = -Rounds; round < Rounds; round++)
        {
            for (var i = 0; i < _listeners.Length; i++)
            {
                using var listener = _listeners[i].Listen();
                var result = await RoundAsync(calls, callAsync).ConfigureAwait(false);
                if (round >= 0)
                {
                    results[i].Add(result);
                }
            }
        }

        for (var i = 0; i < _listeners.Length; i++)
        {
            var added = results[i].Zip(results[0], (with, without) => with.Time - without.Time);
            var (bytes, bytesOfNobody) = (results[i].Min(result => result.Bytes), results[0].Min(result => result.Bytes));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {call} | {_listeners[i].Name} | {Median(results[i].Select(result => result.Time)):N2} us | {Median(added):N2} us | {bytes:N0} | {bytes - bytesOfNobody:N0} |"));
        }
    }

    private static async Task<(double Time, double Bytes)> RoundAsync(int calls, Func<Task> callAsync)
    {
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < calls; i++)
        {
            await callAsync().ConfigureAwait(false);
        }

        var time = clock.Elapsed.TotalMicroseconds / calls;
        return (time, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)calls);
    }

    private static async Task ReadAsync(ChatClient chat, ChatCompletionRequest request)
    {
        await foreach (var _ in chat.StreamAsync(request).ReadTextAsync().ConfigureAwait(false))
        {
            // To the end.
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static ActivityListener ListenToSpans(ActivitySamplingResult sampling)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CCApiDefaults.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener ListenToMetrics()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == CCApiDefaults.TelemetryName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        listener.Start();
        return listener;
    }

    private sealed record Both(IDisposable First, IDisposable Second) : IDisposable
    {
        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }
}
