using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Costs;

public class InMemoryBudgetStoreTests
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(1);

    private readonly TestClock _clock = new();
    private readonly InMemoryBudgetStore _store;

    public InMemoryBudgetStoreTests()
    {
        _store = new InMemoryBudgetStore(_clock) { ReservationLifetime = _lifetime };
        _store.SetLimit("a", 10);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public async Task Expiry_WhenTheTimeOfDayJumps_ExpiresNothing(int days)
    {
        var clock = new JumpingClock();
        var store = new InMemoryBudgetStore(clock) { ReservationLifetime = _lifetime };
        store.SetLimit("a", 10);
        await store.ReserveAsync("a", "1", 4);

        clock.UtcNow = clock.UtcNow.AddDays(days);

        Assert.Equal(new BudgetState(10, 0, 4), store.GetState("a"));
        Assert.Equal(new BudgetState(10, 3, 0), await store.SettleAsync("a", "1", 3));
    }

    [Fact]
    public async Task Reserved_AfterAllIsSettled_IsZeroWithoutDecimals()
    {
        var budget = new CCApiBudget(1);
        var hold = await budget.TryReserveAsync(0.123456789m, CancellationToken.None);

        await hold!.SettleAsync(0.1m, CancellationToken.None);

        Assert.Equal("0.1 spent and 0 reserved of 1 USD", budget.ToString());
    }

    [Fact]
    public async Task ReserveAsync_WithinTheLimit_Reserves()
    {
        var decision = await _store.ReserveAsync("a", "1", 4);

        Assert.Equal(new BudgetDecision(true, new BudgetState(10, 0, 4)), decision);
        Assert.Equal(6, decision.State.Remaining);
    }

    [Fact]
    public async Task ReserveAsync_ExactlyTheRest_Reserves()
    {
        await _store.ReserveAsync("a", "1", 4);

        Assert.True((await _store.ReserveAsync("a", "2", 6)).IsReserved);
        Assert.True((await _store.ReserveAsync("a", "3", 0)).IsReserved);
        Assert.False((await _store.ReserveAsync("a", "4", 0.0000001m)).IsReserved);
    }

    [Fact]
    public async Task ReserveAsync_MoreThanTheLimit_ChangesNothing()
    {
        Assert.Equal(new BudgetDecision(false, new BudgetState(10, 0, 0)), await _store.ReserveAsync("a", "1", 10.01m));
        Assert.False((await _store.ReserveAsync("a", "1", decimal.MaxValue)).IsReserved);
    }

    [Fact]
    public async Task ReserveAsync_OfTheSameId_ReservesOnce()
    {
        await _store.ReserveAsync("a", "1", 4);

        Assert.Equal(new BudgetDecision(true, new BudgetState(10, 0, 4)), await _store.ReserveAsync("a", "1", 4));
    }

    [Fact]
    public async Task ReserveAsync_OfAnUnknownScope_PermitsNothing()
    {
        Assert.False((await _store.ReserveAsync("b", "1", 1)).IsReserved);
        Assert.Equal(default, await _store.GetStateAsync("b"));
    }

    [Fact]
    public async Task ReserveAsync_OfANegativeAmount_Throws() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _store.ReserveAsync("a", "1", -1));

    [Fact]
    public void SetLimit_Negative_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => _store.SetLimit("a", -1));

    [Fact]
    public async Task SetLimit_BelowWhatIsReserved_PermitsNothingMore()
    {
        await _store.ReserveAsync("a", "1", 4);

        _store.SetLimit("a", 3);

        Assert.Equal(-1, _store.GetState("a").Remaining);
        Assert.False((await _store.ReserveAsync("a", "2", 0.1m)).IsReserved);
    }

    [Fact]
    public async Task SettleAsync_WithLess_FreesTheRest()
    {
        await _store.ReserveAsync("a", "1", 4);

        Assert.Equal(new BudgetState(10, 1.5m, 0), await _store.SettleAsync("a", "1", 1.5m));
    }

    [Fact]
    public async Task SettleAsync_WithMore_CountsIt()
    {
        await _store.ReserveAsync("a", "1", 4);

        Assert.Equal(new BudgetState(10, 12, 0), await _store.SettleAsync("a", "1", 12));
    }

    [Fact]
    public async Task SettleAsync_Twice_CountsOnce()
    {
        await _store.ReserveAsync("a", "1", 4);
        await _store.SettleAsync("a", "1", 1);

        Assert.Equal(new BudgetState(10, 1, 0), await _store.SettleAsync("a", "1", 3));
    }

    [Fact]
    public async Task SettleAsync_OfAnUnknownId_ChangesNothing() => Assert.Equal(new BudgetState(10, 0, 0), await _store.SettleAsync("a", "1", 3));

    [Fact]
    public async Task SettleAsync_BeyondTheRange_DoesNotThrow()
    {
        await _store.ReserveAsync("a", "1", 1);
        await _store.ReserveAsync("a", "2", 1);
        await _store.SettleAsync("a", "1", decimal.MaxValue);

        Assert.Equal(decimal.MaxValue, (await _store.SettleAsync("a", "2", decimal.MaxValue)).Spent);
        Assert.False((await _store.ReserveAsync("a", "3", 1)).IsReserved);
    }

    [Fact]
    public async Task Expiry_OfWhatWasNotSent_FreesIt()
    {
        await _store.ReserveAsync("a", "1", 4);

        _clock.Advance(_lifetime - TimeSpan.FromTicks(1));
        Assert.Equal(new BudgetState(10, 0, 4), _store.GetState("a"));
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(new BudgetState(10, 0, 0), _store.GetState("a"));
        Assert.False(await _store.MarkSentAsync("a", "1"));
    }

    [Fact]
    public async Task Expiry_OfWhatWasSent_CountsAllOfIt()
    {
        await _store.ReserveAsync("a", "1", 4);
        Assert.True(await _store.MarkSentAsync("a", "1"));

        _clock.Advance(_lifetime);

        Assert.Equal(new BudgetState(10, 4, 0), _store.GetState("a"));
    }

    [Fact]
    public async Task SettleAsync_AfterTheExpiry_CorrectsIt()
    {
        await _store.ReserveAsync("a", "sent", 4);
        await _store.MarkSentAsync("a", "sent");
        await _store.ReserveAsync("a", "not sent", 4);
        _clock.Advance(_lifetime);

        await _store.SettleAsync("a", "sent", 1);
        await _store.SettleAsync("a", "sent", 1);
        var state = await _store.SettleAsync("a", "not sent", 2);

        Assert.Equal(new BudgetState(10, 3, 0), state);
    }

    [Fact]
    public async Task Expiry_OfManyReservations_KeepsTheLastOnesForCorrection()
    {
        _store.SetLimit("a", 1_000_000);
        for (var i = 0; i <= InMemoryBudgetStore.MaxExpired; i++)
        {
            await _store.ReserveAsync("a", FormattableString.Invariant($"{i}"), 1);
            await _store.MarkSentAsync("a", FormattableString.Invariant($"{i}"));
        }

        _clock.Advance(_lifetime);
        await _store.SettleAsync("a", "0", 0);
        await _store.SettleAsync("a", "1", 0);

        Assert.Equal(InMemoryBudgetStore.MaxExpired, _store.GetState("a").Spent);
    }

    [Fact]
    public async Task ReserveAsync_OfManyAtOnce_NeverExceedsTheLimit()
    {
        var decisions = await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => Task.Run(async () =>
        {
            var id = FormattableString.Invariant($"{number}");
            var isReserved = (await _store.ReserveAsync("a", id, 0.03m)).IsReserved;
            if (isReserved)
            {
                await _store.SettleAsync("a", id, 0.03m);
            }

            return isReserved;
        })));

        Assert.Equal(333, decisions.Count(isReserved => isReserved));
        Assert.Equal(new BudgetState(10, 9.99m, 0), _store.GetState("a"));
    }

    /// <summary>A time of day that is set, beside a monotonic clock that stands.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        public DateTimeOffset UtcNow { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => UtcNow;

        public override long GetTimestamp() => 1;
    }
}
