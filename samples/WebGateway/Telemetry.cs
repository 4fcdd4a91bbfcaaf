using CCApi.Sdk;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace WebGateway;

/// <summary>
/// Exports spans and metrics: each request of the page, the calls of it with the requests of HttpClient below them, and their
/// tokens and times. They go to the OTLP endpoint of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, such as the Aspire dashboard, or else to
/// the console.
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("WebGateway"))
            .WithTracing(tracing => tracing
                .AddSource("Microsoft.AspNetCore")
                .AddSource(CCApiDefaults.TelemetryName)
                .AddSource("System.Net.Http"))
            .WithMetrics(metrics => metrics.AddMeter(CCApiDefaults.TelemetryName));

        if (!string.IsNullOrEmpty(builder.Configuration[Endpoint]))
        {
            telemetry.UseOtlpExporter();
            return;
        }

        telemetry
            .WithTracing(tracing => tracing.AddConsoleExporter())
            .WithMetrics(metrics => metrics.AddConsoleExporter(
                (_, reader) => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 10_000));
    }
}
