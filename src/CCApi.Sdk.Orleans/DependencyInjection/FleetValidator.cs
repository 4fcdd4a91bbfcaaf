using System;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Storage;

namespace CCApi.Sdk.Orleans;

/// <summary>Checks at the start of a silo what would fail only when a grain is activated.</summary>
internal sealed class FleetValidator(IServiceProvider services, IOptions<FleetOptions> options) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        var settings = options.Value;
        var reminders = services.GetRequiredService<IOptions<ReminderOptions>>().Value;
        settings.Check(reminders.MinimumReminderPeriod);

        var storage = services.GetKeyedService<IGrainStorage>(settings.StorageName);
        Require(
            storage is not null,
            $"The silo has no grain storage \"{settings.StorageName}\", which keeps budgets, jobs and limiters: "
            + "add AddRedisGrainStorageAsDefault(...), or AddMemoryGrainStorageAsDefault() for development, "
            + "or set FleetOptions.StorageName to yours.");
        var known = services.GetService<IServiceProviderIsService>();
        Require(
            known?.IsService(typeof(CCApiClient)) != false,
            "The silo has no CCApiClient, which sends the items of jobs: add services.AddCcApi().");
    }

    /// <summary>Stands in for reminders that are missing: Orleans needs them before it validates anything.</summary>
    public static IReminderTable ThrowWithoutReminders(IServiceProvider services) => throw FleetException.Of(
        FleetError.NotConfigured,
        "The silo has no reminders, which revive jobs: add UseRedisReminderService(...), or UseInMemoryReminderService() for development.");

    private static void Require(bool isThere, string message)
    {
        if (!isThere)
        {
            throw FleetException.Of(FleetError.NotConfigured, message);
        }
    }
}
