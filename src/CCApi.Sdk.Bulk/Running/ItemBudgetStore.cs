using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>
/// Records what the calls of one item reserve and cost. It accepts every reservation, because the budget of the run rejects those
/// that do not fit. The ledger takes from it what an item in doubt cost at most, and the moment when its request is sent.
/// Thread-safe.
/// </summary>
/// <param name="currency">The currency of the budget of the run.</param>
/// <param name="sending">Called before each request is sent; the request is sent when the task has completed.</param>
internal sealed class ItemBudgetStore(string currency, Func<Task> sending) : IBudgetStore
{
    private readonly object _gate = new();
    private readonly Dictionary<string, decimal> _open = new(StringComparer.Ordinal);
    private decimal _settled;

    public string Currency => currency;

    /// <summary>What the settled requests cost, and what those under way cost at most.</summary>
    public decimal Charge
    {
        get
        {
            var state = State;
            return Money.Add(state.Spent, state.Reserved);
        }
    }

    private BudgetState State
    {
        get
        {
            lock (_gate)
            {
                var reserved = 0m;
                foreach (var amount in _open.Values)
                {
                    reserved = Money.Add(reserved, amount);
                }

                // The limit is that of the budget of the run.
                return new BudgetState(decimal.MaxValue, _settled, reserved);
            }
        }
    }

    public ValueTask<BudgetDecision> ReserveAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _open[reservationId] = amount;
        }

        return new ValueTask<BudgetDecision>(new BudgetDecision(isReserved: true, State));
    }

    /// <returns>True: the reservations of this store do not expire, so every request may be sent.</returns>
    public async ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default)
    {
        await sending().ConfigureAwait(false);
        return true;
    }

    public ValueTask<BudgetState> SettleAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _settled = Money.Add(_settled, _open.Remove(reservationId) ? amount : 0);
        }

        return new ValueTask<BudgetState>(State);
    }

    public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) => new(State);
}
