using System;
using System.Collections.Generic;
using CCApi.Sdk;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a health check of the CCAPI gateway.</summary>
public static class CCApiHealthChecksBuilderExtensions
{
    /// <summary>Adds a check that lists one model of the catalog, which costs nothing.</summary>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="name">The name of the check. The default is <c>ccapi</c>.</param>
    /// <param name="clientName">The key of the client, as it was given to <c>AddKeyedCcApi</c>; null for that of <c>AddCcApi</c>.</param>
    /// <param name="failureStatus">
    /// The status that is reported when the gateway cannot be used: it is not reachable, the key is rejected, a setting is
    /// missing. The default is <see cref="HealthStatus.Unhealthy"/>.
    /// </param>
    /// <param name="tags">Tags by which endpoints select checks, such as <c>ready</c>.</param>
    /// <param name="timeout">How long the check may take. The default is 10 s.</param>
    /// <returns>The builder, for the next check.</returns>
    /// <remarks>
    /// One request without retries, so that the check reports what happens now. A rate limit (429) is
    /// <see cref="HealthStatus.Degraded"/>: the gateway is available, and calls are retried. The data of the result has
    /// <c>request_id</c> and <c>elapsed</c>; the description is the message of the exception, which never contains the key.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <example><code>
    /// builder.Services.AddCcApi();
    /// builder.Services.AddHealthChecks().AddCcApi(tags: ["ready"]);
    /// app.MapHealthChecks("/health");
    /// </code></example>
    public static IHealthChecksBuilder AddCcApi(
        this IHealthChecksBuilder builder,
        string name = "ccapi",
        string? clientName = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            services => new CatalogHealthCheck(services, clientName),
            failureStatus,
            tags,
            timeout ?? CatalogHealthCheck.DefaultTimeout));
    }
}
