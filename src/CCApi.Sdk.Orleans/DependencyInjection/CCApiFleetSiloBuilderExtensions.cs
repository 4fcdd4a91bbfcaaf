using System;
using CCApi.Sdk.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Makes a silo part of a fleet.</summary>
public static class CCApiFleetSiloBuilderExtensions
{
    /// <summary>
    /// Adds the limiters, budgets and bulk jobs of a fleet to a silo, and <see cref="CCApiFleet"/> to its services. The silo also needs
    /// a grain storage, reminders and <c>services.AddCcApi()</c>.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Sets the limits; null for the defaults. Give every silo the same ones.</param>
    /// <returns>The silo.</returns>
    /// <remarks>
    /// What is missing or wrong is a <see cref="FleetException"/> when the silo starts. Orleans ends the process of a silo that was
    /// declared dead: do not host a silo in a process that must not die.
    /// </remarks>
    /// <example><code>
    /// host.UseOrleans(silo => silo
    ///     .UseLocalhostClustering()
    ///     .AddMemoryGrainStorageAsDefault()
    ///     .UseInMemoryReminderService()
    ///     .AddCcApiFleet(fleet => fleet.Limits = FleetLimits.Of(CCApiTier.Standard)));
    /// host.Services.AddCcApi().UseFleetLimiter();
    /// </code></example>
    public static ISiloBuilder AddCcApiFleet(this ISiloBuilder builder, Action<FleetOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.AddReminders();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<GrainStores>();
        builder.Services.TryAddSingleton(FleetValidator.ThrowWithoutReminders);
        builder.Services.AddOptions<FleetOptions>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationValidator, FleetValidator>());
        builder.Services.AddCcApiFleet();
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }
}
