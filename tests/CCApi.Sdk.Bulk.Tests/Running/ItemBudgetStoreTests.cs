using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests.Running;

public class ItemBudgetStoreTests
{
    private readonly ItemBudgetStore _store = new("USD", () => Task.CompletedTask);

    [Fact]
    public async Task Charge_OfSettledAndOpenRequests_IsTheirSum()
    {
        await _store.ReserveAsync("run", "first", 5, Token);
        await _store.ReserveAsync("run", "second", 7, Token);

        await _store.SettleAsync("run", "first", 2, Token);
        await _store.SettleAsync("run", "first", 2, Token);

        Assert.Equal(9, _store.Charge);
    }

    [Fact]
    public async Task Charge_WhileRequestsSettle_NeverDecreases()
    {
        using var ended = new ManualResetEventSlim();
        var reading = Task.Run(() => CountDecreases(ended), Token);

        for (var number = 0; number < 100_000; number++)
        {
            var id = number.ToString(CultureInfo.InvariantCulture);
            await _store.ReserveAsync("run", id, 1, Token);
            await _store.SettleAsync("run", id, 1, Token);
        }

        ended.Set();

        Assert.Equal(0, await reading);
        Assert.Equal(100_000, _store.Charge);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int CountDecreases(ManualResetEventSlim ended)
    {
        var (decreases, last) = (0, 0m);
        while (!ended.IsSet)
        {
            var charge = _store.Charge;
            decreases += charge < last ? 1 : 0;
            last = charge;
        }

        return decreases;
    }
}
