using System.Net;
using CCApi.Sdk.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace BulkFleet;

/// <summary>One silo: a process of its own, because Orleans ends the process of a silo that was declared dead.</summary>
internal static class FleetSilo
{
    public static async Task<int> RunAsync(SiloSettings settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            var redis = RedisOf(settings.Redis);
            silo.UseRedisClustering(options => options.ConfigurationOptions = redis);

            // Orleans' own format costs a fraction of its JSON, which is the default.
            silo.AddRedisGrainStorageAsDefault(builder => builder.Configure<Serializer>((options, serializer) =>
            {
                options.ConfigurationOptions = redis;
                options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
            }));
            silo.UseRedisReminderService(options => options.ConfigurationOptions = redis);
            silo.ConfigureEndpoints(IPAddress.Loopback, settings.SiloPort, settings.ClientPort);
            silo.Services.Configure<ClusterMembershipOptions>(options => Set(options, settings.Timings));
            silo.AddCcApiFleet(fleet =>
            {
                fleet.Limits = new FleetLimits(RequestsPerMinute: 1_000_000, DemoSettings.MaxConcurrency);
                fleet.BudgetLimit = DemoSettings.Budget;
            });
        });

        builder.Services.AddTransient(_ => new KeyPerSending());
        var client = builder.Services.AddCcApi(options =>
        {
            options.ApiKey = Demo.ApiKey;
            options.BaseAddress = new Uri(settings.Gateway);
        });
        client.AddHttpMessageHandler<KeyPerSending>();
        if (settings.HasLimits)
        {
            client.UseFleetLimiter().UseFleetBudget();
        }

        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine("ready");

        // The parent holds the other end: when it ends, in whatever way, so does the silo.
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        Environment.Exit(0);
        return 0;
    }

    public static ConfigurationOptions RedisOf(int port) => ConfigurationOptions.Parse($"127.0.0.1:{port}");

    private static void Set(ClusterMembershipOptions options, string timings)
    {
        if (timings == "short")
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(2);
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);

            // Two votes declare one of three silos dead. Where two died at once, the last one decides alone when these entries are old.
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        }
        else if (timings == "fast")
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(0.5);
            options.NumMissedProbesLimit = 2;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(1);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
            options.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(10);
        }
    }
}
