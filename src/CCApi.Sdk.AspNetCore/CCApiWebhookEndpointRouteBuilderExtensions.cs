using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoint that receives the webhooks of image jobs.</summary>
/// <remarks>
/// Give a job the URL of the endpoint, with the secret, as its <c>webhook_url</c>:
/// <c>https://example.com/hooks/ccapi?secret=...</c>. What is posted there is not believed: only the job's id is taken from it,
/// the job is fetched through <see cref="ImagesClient.GetJobAsync"/>, and the handler gets what the gateway said. The responses:
/// 200 after the handler; 401 without the right secret; 413 and 400 for a body that is too large or names no job; 404 for a job
/// that the gateway does not know; 503 with <c>Retry-After</c> when the gateway does not verify the job in time; 500 when the
/// handler threw. Only POST is mapped.
/// <para>
/// A webhook may be sent twice: a handler must be idempotent. It is called once at a time for each job, and once for all webhooks
/// of a job that arrive while it runs. When the service
/// posts is not documented, so a job may still run; <see cref="ImageJob"/> waits for its end. Senders hang up after some seconds,
/// which cancels the handler's token: hand long work to a queue.
/// </para>
/// </remarks>
public static class CCApiWebhookEndpointRouteBuilderExtensions
{
    private const string HostingCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Receives webhooks at a path and hands each job, as the gateway reports it, to a handler.</summary>
    /// <param name="endpoints">The routes of the application.</param>
    /// <param name="pattern">The path, such as <c>/hooks/ccapi</c>.</param>
    /// <param name="handler">Gets the job's state. It must be idempotent; what it throws is logged, and the response is 500.</param>
    /// <param name="configure">Sets what the section <c>CCApi:Webhooks</c> of the configuration does not.</param>
    /// <returns>
    /// The builder of the endpoint: <c>AllowAnonymous()</c> where a fallback policy requires everybody to sign in,
    /// <c>RequireRateLimiting(...)</c>, and so on.
    /// </returns>
    /// <exception cref="OptionsValidationException">An option is missing or wrong; the message says the fix.</exception>
    /// <exception cref="InvalidOperationException"><c>AddCcApi()</c> was not called.</exception>
    /// <example><code>
    /// app.MapCcApiWebhooks("/hooks/ccapi", async (job, cancellationToken) =>
    ///     Console.WriteLine($"{job.Id} is {job.Status}"));
    /// </code></example>
    public static IEndpointConventionBuilder MapCcApiWebhooks(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Func<MultimodalImageGenerationResponse, CancellationToken, Task> handler,
        Action<CCApiWebhookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return endpoints.MapCcApiWebhooks(
            pattern, (_, job, cancellationToken) => handler(job, cancellationToken), configure);
    }

    /// <summary>
    /// Receives webhooks at a path and hands each job, as the gateway reports it, to a handler that needs the request, such as
    /// for its services.
    /// </summary>
    /// <param name="endpoints">The routes of the application.</param>
    /// <param name="pattern">The path, such as <c>/hooks/ccapi</c>.</param>
    /// <param name="handler">
    /// Gets the request, which was checked, and the job's state; the response is not its business. It must be idempotent; what it
    /// throws is logged, and the response is 500.
    /// </param>
    /// <param name="configure">Sets what the section <c>CCApi:Webhooks</c> of the configuration does not.</param>
    /// <returns>
    /// The builder of the endpoint: <c>AllowAnonymous()</c> where a fallback policy requires everybody to sign in,
    /// <c>RequireRateLimiting(...)</c>, and so on.
    /// </returns>
    /// <exception cref="OptionsValidationException">An option is missing or wrong; the message says the fix.</exception>
    /// <exception cref="InvalidOperationException"><c>AddCcApi()</c> was not called.</exception>
    /// <example><code>
    /// app.MapCcApiWebhooks("/hooks/ccapi", (context, job, cancellationToken) =>
    ///     context.RequestServices.GetRequiredService&lt;Orders&gt;().FinishAsync(job, cancellationToken));
    /// </code></example>
    public static IEndpointConventionBuilder MapCcApiWebhooks(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Func<HttpContext, MultimodalImageGenerationResponse, CancellationToken, Task> handler,
        Action<CCApiWebhookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(handler);

        var services = endpoints.ServiceProvider;
        var loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        var logger = loggers.CreateLogger(WebhookLog.Category);
        var source = new WebhookOptionsSource(services, configure, logger);

        RequireClient(services, source.Options.ClientName);
        if (source.Options.SecretHeader is null && loggers.CreateLogger(HostingCategory).IsEnabled(LogLevel.Information))
        {
            WebhookLog.SecretExposed(logger);
        }

        var endpoint = new WebhookEndpoint(
            source, handler, services.GetService<TimeProvider>() ?? TimeProvider.System, logger);
        RequestDelegate respond = endpoint.RespondAsync;
        return endpoints.MapPost(pattern, respond);
    }

    private static void RequireClient(IServiceProvider services, string? name)
    {
        if (name is null && services.GetService<IServiceProviderIsService>()?.IsService(typeof(ImagesClient)) == false)
        {
            throw new InvalidOperationException(
                "MapCcApiWebhooks verifies each job that is announced: call builder.Services.AddCcApi() before "
                + "builder.Build(), or set CCApiWebhookOptions.ClientName.");
        }

        if (name is not null && services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(ImagesClient), name) == false)
        {
            throw new InvalidOperationException(
                $"CCApiWebhookOptions.ClientName is \"{name}\": call "
                + $"builder.Services.AddKeyedCcApi(\"{name}\", options => ...) before builder.Build().");
        }
    }
}
