using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CCApi.Sdk;

/// <summary>Where spans and metrics come from: one source, one meter, and the instruments that do not depend on conventions.</summary>
internal static class TelemetrySource
{
    /// <summary>In seconds, from a response out of a cache to a long generation; what the conventions specify.</summary>
    private static readonly InstrumentAdvice<double> _seconds =
        new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] };

    private static readonly string? _version = typeof(TelemetrySource).Assembly.GetName().Version?.ToString(3);

    public static ActivitySource Activities { get; } = new(CCApiDefaults.TelemetryName, _version);

    public static Meter Meter { get; } = new(CCApiDefaults.TelemetryName, _version);

    public static Counter<long> Retries { get; } =
        Meter.CreateCounter<long>(TelemetryNames.CCApiMetrics.Retries, "{retry}", "Repeated attempts of calls with the same model.");

    public static Counter<long> Failovers { get; } =
        Meter.CreateCounter<long>(TelemetryNames.CCApiMetrics.Failovers, "{failover}", "Changes of calls to another model.");

    public static Counter<double> Cost { get; } =
        Meter.CreateCounter<double>(
            TelemetryNames.CCApiMetrics.Cost, unit: null, "What calls cost, in the currency of the attribute ccapi.cost.currency.");

    public static Counter<double> Refunded { get; } =
        Meter.CreateCounter<double>(
            TelemetryNames.CCApiMetrics.Refunded, unit: null, "What ccapi.client.cost counted and the gateway gave back.");

    public static Histogram<double> LimiterWait { get; } =
        CreateSeconds(TelemetryNames.CCApiMetrics.LimiterWait, "How long attempts waited for the rate limiter.");

    /// <summary>Whether anything of this client that does not depend on conventions is listened to.</summary>
    public static bool IsListenedTo =>
        Activities.HasListeners()
        || Retries.Enabled
        || Failovers.Enabled
        || Cost.Enabled
        || Refunded.Enabled
        || LimiterWait.Enabled;

    public static Histogram<double> CreateSeconds(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, tags: (IEnumerable<KeyValuePair<string, object?>>?)null, _seconds);
}
