using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CCApi.Sdk;

/// <summary>Lists one model of the catalog, which costs nothing.</summary>
/// <param name="services">Has the client. It is resolved by the check itself: a missing key is a result, not an exception.</param>
/// <param name="clientName">The key of the client; null for that of <c>AddCcApi</c>.</param>
internal sealed class CatalogHealthCheck(IServiceProvider services, string? clientName) : IHealthCheck
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var client = clientName is null
                ? services.GetRequiredService<CCApiClient>()
                : services.GetRequiredKeyedService<CCApiClient>(clientName);
            var options = new CCApiRequestOptions { MaxRetries = 0 };
            var models = await client.Catalog.ListModelsAsync(
                new ModelListQuery { Limit = 1 }, options, cancellationToken)
                .ConfigureAwait(false);

            return HealthCheckResult.Healthy(
                "The catalog was listed.", DataOf(models.Info?.RequestId, models.Info?.Elapsed));
        }
        catch (CCApiRateLimitException exception)
        {
            return HealthCheckResult.Degraded(
                exception.Message, exception, DataOf(exception.RequestId, elapsed: null));
        }
        catch (Exception exception) when (exception is CCApiException or OptionsValidationException or ArgumentException)
        {
            var requestId = (exception as CCApiException)?.RequestId;
            return new HealthCheckResult(
                context.Registration.FailureStatus,
                exception.Message,
                exception,
                DataOf(requestId, elapsed: null));
        }
    }

    private static Dictionary<string, object> DataOf(string? requestId, TimeSpan? elapsed)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        if (requestId is not null)
        {
            data["request_id"] = requestId;
        }

        if (elapsed is not null)
        {
            data["elapsed"] = elapsed.Value;
        }

        return data;
    }
}
