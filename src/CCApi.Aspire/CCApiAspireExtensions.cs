using System;
using CCApi.Sdk;
using CCApi.Sdk.Aspire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers the client of CCAPI in a service of an Aspire application.</summary>
public static class CCApiAspireExtensions
{
    /// <summary>
    /// Registers <see cref="CCApiClient"/> and its facades with the address and the key of a connection string, a health check, and
    /// the source and the meter of the client for OpenTelemetry.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name of the resource, whose connection string is <c>Endpoint=...;Key=...</c>.</param>
    /// <param name="configure">Sets what the connection string does not.</param>
    /// <returns>The builder of the HttpClient, to add handlers to.</returns>
    /// <exception cref="ArgumentException">The connection string is missing, or has an unknown part.</exception>
    /// <remarks>The section <c>CCApi</c> of the configuration is read before: the connection string wins, and then the delegate.</remarks>
    public static IHttpClientBuilder AddCcApiClient(
        this IHostApplicationBuilder builder, string connectionName, Action<CCApiClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionName);

        var connection = CCApiConnectionString.Parse(connectionName, builder.Configuration.GetConnectionString(connectionName));

        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(CCApiDefaults.TelemetryName))
            .WithMetrics(metrics => metrics.AddMeter(CCApiDefaults.TelemetryName));
        builder.Services.AddHealthChecks().AddCcApi();

        return builder.Services.AddCcApi(options =>
        {
            options.BaseAddress = connection.Endpoint ?? options.BaseAddress;
            options.ApiKey = connection.Key ?? options.ApiKey;
            configure?.Invoke(options);
        });
    }
}
