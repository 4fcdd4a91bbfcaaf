using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Orleans.ClusterTests.Support;
using Xunit;

namespace CCApi.Sdk.Orleans.ClusterTests.Budgets;

public class FleetBudgetStoreTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReserveAsync_OfAThousandAgainstSixHundred_GrantsSixHundred(bool kills)
    {
        await using var fleet = await TestFleet.StartAsync();
        var store = new FleetBudgetStore(fleet.Cluster.Client);
        await store.GetStateAsync("tenant");

        var reserving = Enumerable.Range(0, 1000).Select(async i =>
        {
            // Some before, most while the silo is gone.
            await Task.Delay(i / 5);
            return await store.ReserveAsync("tenant", Id(i), 1);
        }).ToList();
        if (kills)
        {
            await fleet.KillHostOfAsync(fleet.Cluster.Client.GetGrain<IBudgetGrain>("tenant"));
        }

        var decisions = await Task.WhenAll(reserving);

        Assert.Equal(600, decisions.Count(decision => decision.IsReserved));
        Assert.Equal(new BudgetState(600, 0, 600), await store.GetStateAsync("tenant"));
        await SettleAsync(store, decisions);
        Assert.Equal(new BudgetState(600, 300, 0), await store.GetStateAsync("tenant"));
    }

    [Fact]
    public async Task MarkSentAsync_ThenAKill_IsStillKnown()
    {
        await using var fleet = await TestFleet.StartAsync(configure: options => options.ReservationLifetime = TimeSpan.FromSeconds(3));
        var store = new FleetBudgetStore(fleet.Cluster.Client);
        await store.ReserveAsync("tenant", "sent", 5);
        await store.ReserveAsync("tenant", "not sent", 7);
        Assert.True(await store.MarkSentAsync("tenant", "sent"));

        await fleet.KillHostOfAsync(fleet.Cluster.Client.GetGrain<IBudgetGrain>("tenant"));

        Assert.Equal(new BudgetState(600, 0, 12), await store.GetStateAsync("tenant"));

        // The lifetime begins anew with each activation, of which a killed silo may cause several.
        var state = await store.GetStateAsync("tenant");
        for (var patience = Stopwatch.StartNew(); state.Reserved > 0 && patience.Elapsed < TestFleet.Patience;)
        {
            await Task.Delay(20);
            state = await store.GetStateAsync("tenant");
        }

        Assert.Equal(new BudgetState(600, 5, 0), state);
        Assert.False(await store.MarkSentAsync("tenant", "not sent"));
    }

    [Fact]
    public async Task SetBudgetLimitAsync_OfAScope_HoldsForItAlone()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1);

        var state = await fleet.Fleet.SetBudgetLimitAsync("small", 2);

        Assert.Equal(new BudgetState(2, 0, 0), state);
        Assert.False((await fleet.Fleet.Budgets.ReserveAsync("small", "a", 3)).IsReserved);
        Assert.True((await fleet.Fleet.Budgets.ReserveAsync("other", "a", 3)).IsReserved);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fleet.Fleet.SetBudgetLimitAsync("small", -1));
    }

    [Fact]
    public async Task ReserveAsync_WhileTheStorageFails_IsRepeatedAndNeverAheadOfIt()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1);
        var store = new FleetBudgetStore(fleet.Cluster.Client);
        await store.ReserveAsync("tenant", "first", 1);

        fleet.Storage.Fail(operations: 5);
        var decision = await store.ReserveAsync("tenant", "second", 2);

        Assert.True(decision.IsReserved);
        Assert.Equal(new BudgetState(600, 0, 3), await store.GetStateAsync("tenant"));
    }

    [Fact]
    public async Task ReserveAsync_WhileNoSiloResponds_IsATypedError()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1);
        var store = new FleetBudgetStore(fleet.Cluster.Client) { MaxOutage = TimeSpan.FromSeconds(1) };
        fleet.Storage.Fail(operations: int.MaxValue);

        var exception = await Assert.ThrowsAsync<FleetException>(() => store.ReserveAsync("tenant", "a", 1).AsTask());

        Assert.Equal(FleetError.Unavailable, exception.Error);
        fleet.Storage.Fail(operations: 0);
    }

    /// <summary>Half of each reservation was charged; everything is settled twice.</summary>
    private static async Task SettleAsync(FleetBudgetStore store, BudgetDecision[] decisions)
    {
        var reserved = Enumerable.Range(0, decisions.Length).Where(i => decisions[i].IsReserved).ToList();
        await Task.WhenAll(reserved.Concat(reserved).Select(i => store.SettleAsync("tenant", Id(i), 0.5m).AsTask()));
    }

    private static string Id(int i) => i.ToString(CultureInfo.InvariantCulture);
}
