using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace CCApi.Sdk.Orleans.Tests.Support;

/// <summary>Silos in this process, whose storage is in memory and survives each of them.</summary>
internal sealed class TestFleet : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestFleet(InProcessTestCluster cluster, SharedStorage storage)
    {
        Cluster = cluster;
        Storage = storage;
    }

    public InProcessTestCluster Cluster { get; }

    public SharedStorage Storage { get; }

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
        var number = 0;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<global::Orleans.Storage.IGrainStorage>("Default", storage);
            silo.UseInMemoryReminderService();
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
            silo.Services.AddCcApi(options =>
            {
                options.ApiKey = "sk-test-0123456789";
                options.BaseAddress = address ?? new Uri("http://127.0.0.1:9/v1/");
                options.AllowInsecureHttp = true;
            });
            services?.Invoke(silo.Services, number++);
        });

        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestFleet(cluster, storage);
    }

    /// <summary>Kills the silo that hosts a grain.</summary>
    public async Task KillHostOfAsync(IAddressable grain)
    {
        var host = await HostOfAsync(grain);
        await Cluster.KillSiloAsync(host);
    }

    public async Task<InProcessSiloHandle> HostOfAsync(IAddressable grain)
    {
        var management = Cluster.Client.GetGrain<IManagementGrain>(0);
        var address = await management.GetActivationAddress(grain) ?? throw new InvalidOperationException("It is not activated.");
        return Cluster.Silos.Single(silo => silo.SiloAddress.Equals(address));
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
