using System;
using System.Threading;
using System.Threading.Tasks;
using Aspire.Hosting.ApplicationModel;
using CCApi.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds the CCAPI gateway, or its emulator, to an app host.</summary>
public static class CCApiResourceBuilderExtensions
{
    private static readonly Uri _gateway = new("https://api.ccapi.ai/v1/");

    /// <summary>Adds the gateway. Projects get it with <c>WithReference</c>, as the connection string of its name.</summary>
    /// <param name="builder">The app host.</param>
    /// <param name="name">The name of the resource and of its connection string.</param>
    /// <param name="apiKey">The key; null for a secret parameter of the name <c>{name}-key</c>. The emulator needs none.</param>
    /// <param name="address">The address of the gateway with its version; null for that of CCAPI.</param>
    /// <returns>The resource; <see cref="RunAsEmulator"/> replaces the gateway while the app host runs locally.</returns>
    public static IResourceBuilder<CCApiResource> AddCcApi(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? apiKey = null,
        Uri? address = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var setting = $"Parameters:{name}-key";
        var key = apiKey?.Resource
            ?? new ParameterResource($"{name}-key", _ => builder.Configuration[setting] ?? string.Empty, secret: true);
        var resource = new CCApiResource(name, key, address ?? _gateway);

        return builder.AddResource(resource).WithInitialState(new CustomResourceSnapshot
        {
            ResourceType = "CCApi",
            Properties = [],
            State = KnownResourceStates.NotStarted,
        });
    }

    /// <summary>Runs the emulator within the app host, in place of the gateway, unless the app host is published.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Sets the options of the emulator, such as a fixed port.</param>
    /// <returns>The resource, with health, a link to the page of the emulator, and commands.</returns>
    /// <remarks>The emulator listens on loopback: projects and executables reach it, containers do not.</remarks>
    public static IResourceBuilder<CCApiResource> RunAsEmulator(
        this IResourceBuilder<CCApiResource> builder, Action<CCApiEmulatorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            return builder;
        }

        var resource = builder.Resource;
        var options = new CCApiEmulatorOptions();
        configure?.Invoke(options);
        resource.EmulatorOptions = options;

        var check = $"{resource.Name}-emulator";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddCheck(check, () => Check(resource));

        return builder
            .WithHealthCheck(check)
            .OnInitializeResource(StartAsync)
            .WithEmulatorCommands();
    }

    private static HealthCheckResult Check(CCApiResource resource) => resource.Emulator is { } emulator
        ? HealthCheckResult.Healthy($"{emulator.Ledger.Charges.Count} charges, {emulator.Ledger.Balance} credits are left.")
        : HealthCheckResult.Unhealthy("The emulator has not started.");

    private static async Task StartAsync(CCApiResource resource, InitializeResourceEvent started, CancellationToken cancellationToken)
    {
        var options = resource.EmulatorOptions!;
        var log = options.Log;
        options.Log = line =>
        {
            EmulatorLog.Text(started.Logger, line);
            log?.Invoke(line);
        };

        try
        {
            var emulator = await CCApiEmulator.StartAsync(options, cancellationToken).ConfigureAwait(false);
            var lifetime = started.Services.GetRequiredService<IHostApplicationLifetime>();
            lifetime.ApplicationStopped.Register(() => emulator.DisposeAsync().AsTask().GetAwaiter().GetResult());
            resource.Start(emulator);

            var isConnectable = new ConnectionStringAvailableEvent(resource, started.Services);
            await started.Eventing.PublishAsync(isConnectable, cancellationToken).ConfigureAwait(false);
            var isStarting = new BeforeResourceStartedEvent(resource, started.Services);
            await started.Eventing.PublishAsync(isStarting, cancellationToken).ConfigureAwait(false);
            await started.Notifications.PublishUpdateAsync(resource, state => state with
            {
                State = KnownResourceStates.Running,
                StartTimeStamp = DateTime.UtcNow,
                Urls =
                [
                    new UrlSnapshot("api", emulator.BaseAddress.AbsoluteUri, IsInternal: false),
                    new UrlSnapshot("page", new Uri(emulator.BaseAddress, "/emulator/").AbsoluteUri, IsInternal: false),
                ],
            }).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            resource.Started.TrySetException(exception);
            await started.Notifications.PublishUpdateAsync(
                resource, state => state with { State = KnownResourceStates.FailedToStart }).ConfigureAwait(false);
            throw;
        }
    }
}
