using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CCApi.Sdk.AotApp;

/// <summary>Calls whose spans and metrics OpenTelemetry exports: of the SDK, and of Microsoft.Extensions.AI over the adapter.</summary>
internal static class TelemetryCalls
{
    private const string ExtensionsAI = "Experimental.Microsoft.Extensions.AI";
    private const string Model = "openai/gpt-4o-mini";

    public static async Task RunAsync(CCApiClient client, Action<string, bool> report)
    {
        var spans = new List<Activity>();
        var metrics = new List<MetricSnapshot>();
        using var tracer = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
            .AddSource(CCApiDefaults.TelemetryName, ExtensionsAI)
            .AddInMemoryExporter(spans)
            .Build();
        using var meter = OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .AddMeter(CCApiDefaults.TelemetryName, ExtensionsAI)
            .AddInMemoryExporter(metrics)
            .Build();

        await client.Chat.CompleteAsync(Model, "Hello.");
        await client.Chat.StreamAsync(Model, "Hello.").GetResponseAsync();
        using var chat = client.Chat.AsIChatClient(Model).AsBuilder().UseOpenTelemetry().Build();
        await chat.GetResponseAsync("Hello.");
        tracer.ForceFlush();
        meter.ForceFlush();

        var sources = spans.Where(span => span.GetTagItem("gen_ai.usage.input_tokens") is not null).Select(span => span.Source.Name);
        report("spans", sources.SequenceEqual([CCApiDefaults.TelemetryName, CCApiDefaults.TelemetryName, ExtensionsAI]));
        report("metrics", metrics.Count(metric => metric.Name == "gen_ai.client.token.usage") == 2);
    }
}
