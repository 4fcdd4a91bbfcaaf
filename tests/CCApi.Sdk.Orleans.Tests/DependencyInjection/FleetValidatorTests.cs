using System;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Xunit;

namespace CCApi.Sdk.Orleans.Tests.DependencyInjection;

public class FleetValidatorTests
{
    [Fact]
    public async Task StartAsync_OfASiloWithoutStorage_IsATypedError()
    {
        var exception = await StartAsync(silo => silo.UseInMemoryReminderService());

        Assert.Equal(FleetError.NotConfigured, exception.Error);
        Assert.StartsWith("The silo has no grain storage \"Default\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_OfASiloWithoutTheStorageThatItNames_IsATypedError()
    {
        var exception = await StartAsync(
            silo => silo.AddMemoryGrainStorageAsDefault().UseInMemoryReminderService(),
            options => options.StorageName = "fleets");

        Assert.Equal(FleetError.NotConfigured, exception.Error);
        Assert.Contains("\"fleets\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_OfASiloWithoutReminders_IsATypedError()
    {
        var exception = await StartAsync(silo => silo.AddMemoryGrainStorageAsDefault());

        Assert.Equal(FleetError.NotConfigured, exception.Error);
        Assert.StartsWith("The silo has no reminders", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddCcApiFleet_BeforeReminders_LeavesThemInPlace()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddCcApiFleet().UseInMemoryReminderService());
        using var host = builder.Build();

        Assert.NotNull(host.Services.GetRequiredService<IReminderTable>());
    }

    [Fact]
    public async Task StartAsync_OfASiloWithoutAClient_IsATypedError()
    {
        var exception = await StartAsync(silo => silo.AddMemoryGrainStorageAsDefault().UseInMemoryReminderService(), hasClient: false);

        Assert.Equal(FleetError.NotConfigured, exception.Error);
        Assert.StartsWith("The silo has no CCApiClient", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 5)]
    public async Task StartAsync_WithLimitsOfZero_IsATypedError(int perMinute, int atOnce)
    {
        var limits = new FleetLimits(perMinute, atOnce);

        var ofAll = await StartAsync(Complete, options => options.Limits = limits);
        var ofOne = await StartAsync(Complete, options => options.LimitsByName["second"] = limits);

        Assert.Equal(FleetError.InvalidSetting, ofAll.Error);
        Assert.Equal($"The limits of \"Limits\" are {limits}: set both to 1 or more.", ofAll.Message);
        Assert.Equal(FleetError.InvalidSetting, ofOne.Error);
        Assert.Contains("\"second\"", ofOne.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<FleetOptions>> WrongOptions => new()
    {
        { "Limits", options => options.Limits = null! },
        { "LimitsByName", options => options.LimitsByName["second"] = null! },
        { "LeaseTime", options => options.LeaseTime = TimeSpan.Zero },
        { "LeaseTime", options => options.LeaseTime = TimeSpan.FromSeconds(61) },
        { "BudgetLimit", options => options.BudgetLimit = -1 },
        { "ReservationLifetime", options => options.ReservationLifetime = TimeSpan.Zero },
        { "PollInterval", options => options.PollInterval = TimeSpan.Zero },
        { "ReminderPeriod", options => options.ReminderPeriod = TimeSpan.Zero },
        { "ReminderPeriod", options => options.ReminderPeriod = TimeSpan.FromSeconds(59) },
        { "StorageName", options => options.StorageName = " " },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(WrongOptions))]
    public async Task StartAsync_WithAnOptionOutOfItsRange_NamesIt(string name, Action<FleetOptions> configure)
    {
        var exception = await StartAsync(Complete, configure);

        Assert.Equal(FleetError.InvalidSetting, exception.Error);
        Assert.StartsWith($"FleetOptions.{name} is out of its range", exception.Message, StringComparison.Ordinal);
    }

    private static void Complete(ISiloBuilder silo) => silo.AddMemoryGrainStorageAsDefault().UseInMemoryReminderService();

    /// <summary>Starts a silo that ends before it listens.</summary>
    private static async Task<FleetException> StartAsync(Action<ISiloBuilder> add, Action<FleetOptions>? configure = null, bool hasClient = true)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            add(silo);
            silo.AddCcApiFleet(configure);
        });
        if (hasClient)
        {
            builder.Services.AddCcApi(options => options.ApiKey = "sk-ccapi-emulator");
        }

        using var host = builder.Build();
        return await Assert.ThrowsAsync<FleetException>(() => host.StartAsync());
    }
}
