using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace CCApi.Sdk.Orleans.Tests.Budgets;

public class BudgetAccountTests
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(10);

    [Fact]
    public void Reserve_OfMoreThanIsLeft_ChangesNothing()
    {
        var account = NewAccount(10);

        Assert.True(account.Reserve("a", 6, TimeSpan.Zero));
        Assert.False(account.Reserve("b", 4.01m, TimeSpan.Zero));
        Assert.True(account.Reserve("c", 4, TimeSpan.Zero));
        Assert.Equal(new BudgetState(10, 0, 10), account.State);
    }

    [Fact]
    public void Reserve_OfAnIdTwice_ReservesOnce()
    {
        var account = NewAccount(10);
        account.Reserve("a", 6, TimeSpan.Zero);

        Assert.True(account.Reserve("a", 6, TimeSpan.Zero));
        Assert.Equal(6, account.State.Reserved);
    }

    [Fact]
    public void Reserve_OfAnIdThatIsSettled_ReservesNothing()
    {
        var account = NewAccount(10);
        account.Reserve("a", 6, TimeSpan.Zero);
        account.Settle("a", 1, TimeSpan.Zero);

        Assert.False(account.Reserve("a", 6, TimeSpan.Zero));
        Assert.Equal(new BudgetState(10, 1, 0), account.State);
    }

    [Fact]
    public void Settle_Twice_SpendsOnce()
    {
        var account = NewAccount(10);
        account.Reserve("a", 6, TimeSpan.Zero);

        account.Settle("a", 2, TimeSpan.Zero);
        account.Settle("a", 2, TimeSpan.Zero);
        account.Settle("never reserved", 3, TimeSpan.Zero);

        Assert.Equal(new BudgetState(10, 2, 0), account.State);
    }

    [Fact]
    public void Run_OfAReservationThatWasSettledBefore_ReservesNothing()
    {
        // The call has ended before its reservation arrived, as when the silo of the budget died in between.
        var account = NewAccount(10);
        account.Settle("late", 0, TimeSpan.Zero);

        var isReserved = account.Run(new BudgetOperation(BudgetAction.ReserveAndMarkSent, "late", 4), TimeSpan.Zero);

        Assert.False(isReserved);
        Assert.Equal(new BudgetState(10, 0, 0), account.State);
    }

    [Fact]
    public void Run_OfEachAction_IsItsOperation()
    {
        var account = NewAccount(10);

        bool[] done =
        [
            account.Run(new BudgetOperation(BudgetAction.Reserve, "a", 4), TimeSpan.Zero),
            account.Run(new BudgetOperation(BudgetAction.ReserveAndMarkSent, "b", 5), TimeSpan.Zero),
            account.Run(new BudgetOperation(BudgetAction.ReserveAndMarkSent, "c", 2), TimeSpan.Zero),
            account.Run(new BudgetOperation(BudgetAction.MarkSent, "a", 0), TimeSpan.Zero),
            account.Run(new BudgetOperation(BudgetAction.MarkSent, "c", 0), TimeSpan.Zero),
            account.Run(new BudgetOperation(BudgetAction.Settle, "a", 1), TimeSpan.Zero),
        ];

        Assert.Equal([true, true, false, true, false, true], done);
        Assert.Equal(new BudgetState(10, 1, 5), account.State);
        Assert.Equal(("b", true), account.ToRecord(TimeSpan.Zero).Open.Select(each => (each.Id, each.IsSent)).Single());
    }

    [Fact]
    public void StateAt_AfterTheLifetime_CountsWhatWasSentAndFreesTheRest()
    {
        var account = NewAccount(20);
        account.Reserve("sent", 5, TimeSpan.Zero);
        account.Reserve("not sent", 7, TimeSpan.Zero);
        account.MarkSent("sent", TimeSpan.Zero);

        Assert.Equal(new BudgetState(20, 0, 12), account.StateAt(_lifetime - TimeSpan.FromTicks(1)));
        Assert.Equal(new BudgetState(20, 5, 0), account.StateAt(_lifetime));
    }

    [Fact]
    public void Expire_OfWhatWasNotSent_FreesIt()
    {
        var account = NewAccount(10);
        account.Reserve("a", 6, TimeSpan.Zero);

        Assert.True(account.Reserve("b", 10, _lifetime));
        Assert.False(account.MarkSent("a", _lifetime));
        Assert.Equal(new BudgetState(10, 0, 10), account.State);
    }

    [Fact]
    public void Expire_OfWhatWasSent_SpendsAllOfIt()
    {
        var account = NewAccount(10);
        account.Reserve("a", 6, TimeSpan.Zero);
        Assert.True(account.MarkSent("a", TimeSpan.FromMinutes(1)));

        Assert.False(account.Reserve("b", 5, _lifetime));
        Assert.Equal(new BudgetState(10, 6, 0), account.State);
    }

    [Fact]
    public void Settle_AfterTheExpiry_CorrectsWhatWasSpent()
    {
        var account = NewAccount(10);
        account.Reserve("sent", 6, TimeSpan.Zero);
        account.MarkSent("sent", TimeSpan.Zero);
        account.Reserve("not sent", 1, TimeSpan.Zero);

        account.Settle("sent", 2, _lifetime);
        account.Settle("not sent", 0.5m, _lifetime);
        account.Settle("sent", 2, _lifetime);

        Assert.Equal(new BudgetState(10, 2.5m, 0), account.State);
    }

    [Fact]
    public void ToRecord_ThenRead_KeepsEverything()
    {
        var account = NewAccount(10);
        account.SetLimit(20);
        account.Reserve("expired", 1, TimeSpan.Zero);
        account.MarkSent("expired", TimeSpan.Zero);
        account.Reserve("open", 3, TimeSpan.FromMinutes(9));
        account.Reserve("settled", 2, TimeSpan.FromMinutes(9));
        account.Settle("settled", 2, TimeSpan.FromMinutes(11));

        var revived = new BudgetAccount(account.ToRecord(TimeSpan.FromMinutes(11)), 10, _lifetime, TimeSpan.FromHours(5));

        Assert.Equal(new BudgetState(20, 3, 3), revived.State);
        Assert.True(revived.MarkSent("open", TimeSpan.FromHours(5)));
        revived.Settle("expired", 0.5m, TimeSpan.FromHours(5));
        Assert.Equal(2.5m, revived.State.Spent);
    }

    [Fact]
    public void ToRecord_ThenRead_KeepsTheAgeOfReservations()
    {
        var account = NewAccount(10);
        account.Reserve("a", 6, TimeSpan.Zero);

        var revived = new BudgetAccount(account.ToRecord(TimeSpan.FromMinutes(8)), 10, _lifetime, TimeSpan.FromHours(5));

        Assert.False(revived.Reserve("b", 5, TimeSpan.FromHours(5) + TimeSpan.FromMinutes(1.9)));
        Assert.True(revived.Reserve("b", 5, TimeSpan.FromHours(5) + TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public void State_OfAmountsBeyondAllMeasure_DoesNotOverflow()
    {
        var account = NewAccount(decimal.MaxValue);
        for (var i = 0; i < 3; i++)
        {
            var id = i.ToString(CultureInfo.InvariantCulture);
            account.Reserve(id, 1, TimeSpan.Zero);
            account.Settle(id, decimal.MaxValue, TimeSpan.Zero);
        }

        Assert.Equal(1e24m, account.State.Spent);
    }

    [Fact]
    public void Expire_OfManyReservations_RemembersTheNewest()
    {
        var account = NewAccount(1_000_000);
        for (var i = 0; i <= BudgetAccount.MaxRemembered; i++)
        {
            var id = i.ToString(CultureInfo.InvariantCulture);
            account.Reserve(id, 1, TimeSpan.Zero);
            account.MarkSent(id, TimeSpan.Zero);
        }

        account.Settle("0", 0, _lifetime);
        account.Settle("1", 0, _lifetime);

        Assert.Equal(BudgetAccount.MaxRemembered, account.State.Spent);
        Assert.Equal(BudgetAccount.MaxRemembered - 1, account.ToRecord(_lifetime).Expired.Count);
    }

    [Fact]
    public void State_OfRandomOperations_IsNeverOverItsLimit()
    {
        var random = new Random(4);
        var account = NewAccount(50);
        var (now, spent) = (TimeSpan.Zero, 0m);
        for (var i = 0; i < 20_000; i++)
        {
            now += TimeSpan.FromSeconds(random.Next(30));
            var id = random.Next(200).ToString(CultureInfo.InvariantCulture);
            var amount = random.Next(10);
            switch (random.Next(3))
            {
                case 0:
                    account.Reserve(id, amount, now);
                    break;
                case 1:
                    account.MarkSent(id, now);
                    break;
                default:
                    var open = account.ToRecord(now).Open.FirstOrDefault(each => each.Id == id);
                    account.Settle(id, open is null ? 0 : Math.Min(amount, open.Amount), now);
                    break;
            }

            Assert.InRange(account.State.Spent + account.State.Reserved, 0, 50);
            spent = Math.Max(spent, account.State.Spent);
        }

        Assert.InRange(spent, 1, 50);
    }

    private static BudgetAccount NewAccount(decimal limit) => new(new BudgetRecord(), limit, _lifetime, TimeSpan.Zero);
}
