using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Bulk;
using CCApi.Sdk.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

/// <summary>The code of docs/fleets.md and of the readme of its package.</summary>
public class FleetSnippets
{
    [Fact]
    public async Task Job_OnASilo_HasOneOutcomeForEachItem()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        var builder = Host.CreateApplicationBuilder();
        AddSilo(builder);
        builder.Services.AddCcApi(options =>
        {
            options.ApiKey = emulator.ApiKey;
            options.BaseAddress = emulator.BaseAddress;
        });
        builder.Services.Configure<FleetOptions>(options =>
        {
            options.LeaseTime = TimeSpan.FromSeconds(1);
            options.BudgetLimit = 1;
        });
        using var host = builder.Build();
        await host.StartAsync();
        var items = Enumerable.Range(0, 3).Select(i => BulkItem.Chat($"item-{i}", "openai/gpt-4o-mini", "Hello.")).ToList();

        await GuideAsync(host.Services.GetRequiredService<CCApiFleet>(), items);
        Assert.Equal(3, emulator.Ledger.Count);
        await host.StopAsync();
    }

    private static void AddSilo(HostApplicationBuilder builder)
    {
        #region SILO
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .AddMemoryGrainStorageAsDefault()
            .UseInMemoryReminderService()
            .AddCcApiFleet(fleet => fleet.Limits = FleetLimits.Of(CCApiTier.Standard)));

        builder.Services.AddCcApi().UseFleetLimiter().UseFleetBudget("tenant-42");
        #endregion
    }

    private static async Task GuideAsync(CCApiFleet fleet, IEnumerable<BulkItem> items)
    {
        #region GUIDE
        var run = await fleet.SubmitAsync(new FleetJob("nightly", items) { PartitionsAtOnce = 12, CallsPerPartition = 4 });
        await foreach (var progress in run.WatchAsync())
        {
            Console.WriteLine(progress.ToString());
        }

        await foreach (var outcome in run.ReadResultsAsync())
        {
            Console.WriteLine($"{outcome.Id}: {outcome.Text ?? outcome.Error?.Message}");
        }
        #endregion
    }

    /// <summary>Compiled only: the guide runs the same.</summary>
    internal static async Task ReadmeAsync(CCApiFleet fleet, IEnumerable<BulkItem> items)
    {
        #region README
        var run = await fleet.SubmitAsync(new FleetJob("nightly", items));
        await foreach (var outcome in run.ReadResultsAsync())
        {
            Console.WriteLine($"{outcome.Id}: {outcome.Text ?? outcome.Error?.Message}");
        }
        #endregion
    }
}
