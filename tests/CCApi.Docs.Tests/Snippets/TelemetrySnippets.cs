using CCApi.Sdk;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

/// <summary>The code of docs/telemetry.md.</summary>
public class TelemetrySnippets
{
    [Fact]
    public void Providers_WithoutAContainer_AreBuilt()
    {
        #region PROVIDERS
        using var tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource(CCApiDefaults.TelemetryName).AddConsoleExporter().Build();
        using var metrics = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter(CCApiDefaults.TelemetryName).AddConsoleExporter().Build();
        #endregion

        Assert.NotNull(tracing);
        Assert.NotNull(metrics);
    }

    [Fact]
    public void Services_OfTheGuide_AreComplete()
    {
        var services = new ServiceCollection();
        services.AddCcApi(options => options.ApiKey = "sk-test");

        #region OPENTELEMETRY
        services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(CCApiDefaults.TelemetryName).AddSource("System.Net.Http").AddConsoleExporter())
            .WithMetrics(metrics => metrics.AddMeter(CCApiDefaults.TelemetryName).AddConsoleExporter());
        #endregion

        #region LOGGER
        services.AddCcApi().AddDefaultLogger();                                                // on again for calls, every header masked
        services.AddHttpClient("CCApi.Downloads").AddDefaultLogger().RedactLoggedHeaders(_ => true); // and for downloads
        #endregion

        using var provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<CCApiClient>());
        Assert.NotNull(provider.GetRequiredService<TracerProvider>());
        Assert.Single(services, service => service.ServiceType == typeof(CCApiClient));
    }
}
