using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CCApi.Sdk;

/// <summary>Where spans and metrics come from: one source, one meter, and the instruments that do not depend on conventions.</summary>
/// <remarks>
/// A listener of the program is called while they are created. When it throws there, the source or the instrument is null for the
/// rest of the process: an exception here would be that of a type initializer, and fail every call.
/// </remarks>
internal static class TelemetrySource
{
    /// <summary>In seconds, from a response out of a cache to a long generation; what the conventions specify.</summary>
    private static readonly InstrumentAdvice<double> _seconds =
        new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] };

    private static readonly string? _version = typeof(TelemetrySource).Assembly.GetName().Version?.ToString(3);

    public static ActivitySource? Activities { get; } = Create(static () => new ActivitySource(CCApiDefaults.TelemetryName, _version));

    public static Meter Meter { get; } = new(CCApiDefaults.TelemetryName, _version);

    public static Counter<long>? Retries { get; } =
        CreateCounter<long>(TelemetryNames.CCApiMetrics.Retries, "{retry}", "Repeated attempts of calls with the same model.");

    public static Counter<long>? Failovers { get; } =
        CreateCounter<long>(TelemetryNames.CCApiMetrics.Failovers, "{failover}", "Changes of calls to another model.");

    public static Counter<double>? Cost { get; } =
        CreateCounter<double>(
            TelemetryNames.CCApiMetrics.Cost, unit: null, "What calls cost, in the currency of the attribute ccapi.cost.currency.");

    public static Counter<double>? Refunded { get; } =
        CreateCounter<double>(
            TelemetryNames.CCApiMetrics.Refunded, unit: null, "What ccapi.client.cost counted and the gateway gave back.");

    public static Histogram<double>? LimiterWait { get; } =
        CreateSeconds(TelemetryNames.CCApiMetrics.LimiterWait, "How long attempts waited for the rate limiter.");

    public static Counter<double>? BudgetReserved { get; } =
        CreateCounter<double>(
            TelemetryNames.CCApiMetrics.BudgetReserved,
            unit: null,
            "What attempts reserved in budgets before they were sent, in the currency of the attribute ccapi.cost.currency.");

    public static Counter<long>? BudgetRejections { get; } =
        CreateCounter<long>(
            TelemetryNames.CCApiMetrics.BudgetRejections, "{call}", "Calls that were not sent because a budget rejected them.");

    /// <summary>Whether anybody listens to spans.</summary>
    public static bool HasSpanListeners => Activities?.HasListeners() == true;

    /// <summary>Whether anything of this client that does not depend on conventions is listened to.</summary>
    public static bool IsListenedTo =>
        HasSpanListeners
        || IsEnabled(Retries)
        || IsEnabled(Failovers)
        || IsEnabled(Cost)
        || IsEnabled(Refunded)
        || IsEnabled(LimiterWait)
        || IsEnabled(BudgetReserved)
        || IsEnabled(BudgetRejections);

    /// <summary>Whether anybody listens to an instrument.</summary>
    public static bool IsEnabled(Instrument? instrument) => instrument is { Enabled: true };

    public static Counter<T>? CreateCounter<T>(string name, string? unit, string description)
        where T : struct =>
        Create(() => Meter.CreateCounter<T>(name, unit, description));

    public static Histogram<double>? CreateSeconds(string name, string description) => CreateHistogram(name, "s", description, _seconds);

    public static Histogram<T>? CreateHistogram<T>(string name, string unit, string description, InstrumentAdvice<T>? advice = null)
        where T : struct =>
        Create(() => Meter.CreateHistogram(name, unit, description, tags: (IEnumerable<KeyValuePair<string, object?>>?)null, advice));

    private static T? Create<T>(Func<T> create)
        where T : class
    {
        try
        {
            return create();
        }
#pragma warning disable CA1031 // See the remarks of the class.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
