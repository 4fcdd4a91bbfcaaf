using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace CCApi.Sdk.Tests.Support;

/// <summary>
/// Listens to spans and metrics of the SDK, and keeps those of the test that created it: others that run at the same time have another
/// asynchronous context.
/// </summary>
internal sealed class TelemetryRecorder : IDisposable
{
    private static readonly AsyncLocal<TelemetryRecorder?> _current = new();

    private readonly object _gate = new();
    private readonly List<Activity> _spans = [];
    private readonly List<(string Name, double Value, IReadOnlyDictionary<string, object?> Tags)> _measurements = [];
    private readonly ActivityListener? _listener;
    private readonly MeterListener? _meters;

    /// <param name="sources">The sources of the spans; null for that of the SDK.</param>
    /// <param name="withSpans">Whether to listen to spans.</param>
    /// <param name="withMetrics">Whether to listen to metrics.</param>
    public TelemetryRecorder(string[]? sources = null, bool withSpans = true, bool withMetrics = true)
    {
        _current.Value = this;

        // .NET Framework starts with hierarchical ids, of which spans have no span id; exporters set this too.
        Activity.DefaultIdFormat = ActivityIdFormat.W3C;
        if (withSpans)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => (sources ?? [CCApiDefaults.TelemetryName]).Contains(source.Name),
                Sample = Sample,
                ActivityStopped = span => Keep(() => _spans.Add(span)),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        if (withMetrics)
        {
            _meters = new MeterListener
            {
                InstrumentPublished = static (instrument, listener) =>
                {
                    if (instrument.Meter.Name == CCApiDefaults.TelemetryName)
                    {
                        listener.EnableMeasurementEvents(instrument);
                    }
                },
            };
            _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
            _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
            _meters.Start();
        }
    }

    /// <summary>The attributes with which each span was sampled.</summary>
    public List<IReadOnlyDictionary<string, object?>> Sampled { get; } = [];

    /// <summary>The spans that have stopped, in that order.</summary>
    public IReadOnlyList<Activity> Spans
    {
        get
        {
            lock (_gate)
            {
                return [.. _spans];
            }
        }
    }

    public IReadOnlyList<(string Name, double Value, IReadOnlyDictionary<string, object?> Tags)> Measurements
    {
        get
        {
            lock (_gate)
            {
                return [.. _measurements];
            }
        }
    }

    /// <summary>The only span.</summary>
    public Activity Span => Spans.Single();

    /// <summary>The measurements of one instrument.</summary>
    public IReadOnlyList<(string Name, double Value, IReadOnlyDictionary<string, object?> Tags)> Of(string name) =>
        [.. Measurements.Where(measurement => measurement.Name == name)];

    /// <summary>The sum of the measurements of one instrument with a tag.</summary>
    public double Sum(string name, string? tag = null, object? value = null) =>
        Of(name).Where(measurement => tag is null || Equals(measurement.Tags.GetValueOrNull(tag), value)).Sum(measurement => measurement.Value);

    /// <summary>The spans as a tree: each with its kind, status, and how it is called.</summary>
    public string Tree() => string.Join("\n", Lines(Spans.Where(span => Spans.All(other => other.SpanId != span.ParentSpanId)), indent: 0));

    public void Dispose()
    {
        _listener?.Dispose();
        _meters?.Dispose();
        _current.Value = null;
    }

    private IEnumerable<string> Lines(IEnumerable<Activity> spans, int indent)
    {
        foreach (var span in spans.OrderBy(span => span.StartTimeUtc))
        {
            var status = span.Status == ActivityStatusCode.Unset ? "" : $" {span.Status}";
            yield return $"{new string(' ', indent)}{span.DisplayName} [{span.Kind.ToString().ToUpperInvariant()}]{status}";
            foreach (var happened in span.Events)
            {
                yield return $"{new string(' ', indent + 2)}* {happened.Name}";
            }

            foreach (var line in Lines(Spans.Where(child => child.ParentSpanId == span.SpanId), indent + 2))
            {
                yield return line;
            }
        }
    }

    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options)
    {
        if (_current.Value != this)
        {
            return ActivitySamplingResult.None;
        }

        Sampled.Add((options.Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value));
        return ActivitySamplingResult.AllDataAndRecorded;
    }

    private void Add(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
        Keep(() => _measurements.Add((name, value, all)));
    }

    private void Keep(Action add)
    {
        if (_current.Value != this)
        {
            return;
        }

        lock (_gate)
        {
            add();
        }
    }
}

internal static class TagExtensions
{
    public static object? GetValueOrNull(this IReadOnlyDictionary<string, object?> tags, string name) => tags.TryGetValue(name, out var value) ? value : null;

    /// <summary>The attributes of a span as lines, ordered by name.</summary>
    public static string[] Lines(this Activity span) =>
        [.. span.TagObjects.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={Text(tag.Value)}")];

    public static string[] Lines(this IReadOnlyDictionary<string, object?> tags) =>
        [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={Text(tag.Value)}")];

    private static string? Text(object? value) =>
        value is string[] list ? $"[{string.Join(",", list)}]" : Convert.ToString(value, CultureInfo.InvariantCulture);
}
