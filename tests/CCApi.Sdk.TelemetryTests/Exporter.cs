using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>What the SDK of OpenTelemetry exports of CCApi.Sdk and of HttpClient.</summary>
internal sealed class Exporter : IDisposable
{
    private readonly List<Activity> _spans = [];
    private readonly List<MetricSnapshot> _metrics = [];
    private readonly TracerProvider _tracer;
    private readonly MeterProvider _meter;

    /// <param name="others">Sources and meters beside those of this SDK and of HttpClient.</param>
    public Exporter(params string[] others)
    {
        _tracer = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
            .AddSource([CCApiDefaults.TelemetryName, "System.Net.Http", .. others])
            .AddInMemoryExporter(_spans)
            .Build();
        _meter = OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .AddMeter([CCApiDefaults.TelemetryName, "System.Net.Http", .. others])
            .AddInMemoryExporter(_metrics)
            .Build();
    }

    /// <summary>Every span that has ended.</summary>
    public IReadOnlyList<Activity> Spans
    {
        get
        {
            _tracer.ForceFlush();
            return [.. _spans];
        }
    }

    /// <summary>The spans of this SDK.</summary>
    public IReadOnlyList<Activity> Own => [.. Spans.Where(span => span.Source.Name == CCApiDefaults.TelemetryName)];

    /// <summary>
    /// The spans of calls of models. Spans around them, such as those of agents and of loops of tools, may have the sums of what is
    /// inside of them.
    /// </summary>
    public IReadOnlyList<Activity> Models => [.. Spans.Where(span => span.GetTagItem("gen_ai.operation.name") is "chat" or "generate_content")];

    /// <summary>The sum of an attribute over the calls of models.</summary>
    public long SumOfModels(string attribute) => Models.Sum(span => Convert.ToInt64(span.GetTagItem(attribute), CultureInfo.InvariantCulture));

    /// <summary>The sum of an attribute over all spans.</summary>
    public long SumOfSpans(string attribute) => Spans.Sum(span => Convert.ToInt64(span.GetTagItem(attribute), CultureInfo.InvariantCulture));

    /// <summary>The sum of the costs of all spans.</summary>
    public double SumOfCosts() => Spans.Sum(span => span.GetTagItem("ccapi.cost.amount") is double cost ? cost : 0);

    /// <summary>The sum and the count of a histogram over its points with a tag.</summary>
    public (double Sum, long Count) Histogram(string name, string? tag = null, string? value = null)
    {
        var (sum, count) = (0.0, 0L);
        foreach (var point in Points(name))
        {
            if (tag is null || HasTag(point, tag, value))
            {
                sum += point.GetHistogramSum();
                count += point.GetHistogramCount();
            }
        }

        return (sum, count);
    }

    public long Counter(string name) => Points(name).Sum(point => point.GetSumLong());

    public double CounterOfDoubles(string name) => Points(name).Sum(point => point.GetSumDouble());

    /// <summary>The spans as a tree: each with its kind, its status, its events and some attributes.</summary>
    public string Tree(params string[] attributes)
    {
        var spans = Spans;
        return string.Join("\n", Lines(spans, spans.Where(span => spans.All(other => other.SpanId != span.ParentSpanId)), attributes, indent: 0));
    }

    public void Dispose()
    {
        _tracer.Dispose();
        _meter.Dispose();
    }

    private List<MetricPoint> Points(string name)
    {
        _metrics.Clear();
        _meter.ForceFlush();
        return [.. _metrics.Where(metric => metric.Name == name).SelectMany(metric => metric.MetricPoints)];
    }

    private static bool HasTag(MetricPoint point, string name, string? value)
    {
        foreach (var tag in point.Tags)
        {
            if (tag.Key == name && Equals(tag.Value, value))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Lines(IReadOnlyList<Activity> all, IEnumerable<Activity> spans, string[] attributes, int indent)
    {
        foreach (var span in spans.OrderBy(span => span.StartTimeUtc))
        {
            var status = span.Status == ActivityStatusCode.Unset ? "" : $" {span.Status}";
            var shown = attributes.Where(name => span.GetTagItem(name) is not null).Select(name => FormattableString.Invariant($" {name}={span.GetTagItem(name)}"));
            yield return $"{new string(' ', indent)}{span.DisplayName} [{span.Kind.ToString().ToUpperInvariant()}]{status}{string.Concat(shown)}";
            foreach (var happened in span.Events)
            {
                var tags = happened.Tags.Where(tag => tag.Key is "error.type" or "http.response.status_code" or "ccapi.failover.model");
                yield return $"{new string(' ', indent + 2)}* {happened.Name}{string.Concat(tags.Select(tag => FormattableString.Invariant($" {tag.Key}={tag.Value}")))}";
            }

            foreach (var line in Lines(all, all.Where(child => child.ParentSpanId == span.SpanId), attributes, indent + 2))
            {
                yield return line;
            }
        }
    }
}
