using CCApi.Sdk;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace WebGateway;

/// <summary>Prints spans and metrics: each call with the requests of HttpClient below it, and its tokens and times.</summary>
internal static class Telemetry
{
    public static void AddConsoleTelemetry(this IServiceCollection services) => services.AddOpenTelemetry()
        .WithTracing(tracing => tracing
            .AddSource(CCApiDefaults.TelemetryName)
            .AddSource("System.Net.Http")
            .AddConsoleExporter())
        .WithMetrics(metrics => metrics
            .AddMeter(CCApiDefaults.TelemetryName)
            .AddConsoleExporter((_, reader) => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 10_000));
}
