using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Orleans.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace CCApi.Sdk.Orleans.ClusterTests.Support;

/// <summary>Silos in this process, whose storage is in memory and survives each of them.</summary>
internal sealed class TestFleet : IAsyncDisposable
{
    public const string ApiKey = "sk-ccapi-emulator";

    /// <summary>How long tests wait for what must happen: long enough for a machine that others keep busy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private TestFleet(InProcessTestCluster cluster, SharedStorage storage, SharedReminders reminders)
    {
        Cluster = cluster;
        Storage = storage;
        Reminders = reminders;
    }

    public InProcessTestCluster Cluster { get; }

    public SharedStorage Storage { get; }

    public SharedReminders Reminders { get; }

    public CCApiFleet Fleet => field ??= new CCApiFleet(Cluster.Client);

    /// <summary>Starts silos.</summary>
    /// <param name="silos">How many.</param>
    /// <param name="configure">Sets the options of the fleet.</param>
    /// <param name="address">The gateway; one that nobody listens at without it.</param>
    /// <param name="services">Adds services to each silo; the number counts them from 0.</param>
    public static async Task<TestFleet> StartAsync(
        int silos = 3, Action<FleetOptions>? configure = null, Uri? address = null, Action<IServiceCollection, int>? services = null)
    {
        var builder = new InProcessTestClusterBuilder((short)silos);
        var storage = new SharedStorage();
        var reminders = new SharedReminders();
        var number = -1;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<global::Orleans.Storage.IGrainStorage>("Default", storage);
            silo.Services.AddSingleton<IReminderTable>(reminders);
            silo.Services.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromSeconds(1));
            silo.Services.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromSeconds(0.5);
                options.NumMissedProbesLimit = 2;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(1);
            });
            silo.AddCcApiFleet(options =>
            {
                options.LeaseTime = TimeSpan.FromSeconds(1);
                options.PollInterval = TimeSpan.FromMilliseconds(50);
                options.BudgetLimit = 600;
                configure?.Invoke(options);
            });
            silo.Services.AddTransient(_ => new KeyPerSending());
            silo.Services
                .AddCcApi(options =>
                {
                    options.ApiKey = ApiKey;
                    options.BaseAddress = address ?? new Uri("http://127.0.0.1:9/v1/");
                })
                .AddHttpMessageHandler<KeyPerSending>();
            services?.Invoke(silo.Services, Interlocked.Increment(ref number));
        });

        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestFleet(cluster, storage, reminders);
    }

    /// <summary>Kills the silo that hosts a grain.</summary>
    public async Task KillHostOfAsync(IAddressable grain)
    {
        var host = await HostOfAsync(grain);
        await Cluster.KillSiloAsync(host);
    }

    /// <summary>Kills a silo, and starts another.</summary>
    public async Task ReplaceAsync(InProcessSiloHandle silo)
    {
        await Cluster.KillSiloAsync(silo);
        await Cluster.StartAdditionalSiloAsync();
    }

    public async Task<InProcessSiloHandle> HostOfAsync(IAddressable grain)
    {
        var management = Cluster.Client.GetGrain<IManagementGrain>(0);
        var address = await management.GetActivationAddress(grain) ?? throw new InvalidOperationException("It is not activated.");
        return Cluster.Silos.Single(silo => silo.SiloAddress.Equals(address));
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
