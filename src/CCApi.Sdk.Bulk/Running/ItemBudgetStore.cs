using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>
/// Records what the calls of one item reserve and cost, beside the budget of the run, which decides. It is how the ledger knows the most
/// that an item in doubt may have cost, and the moment when a request leaves. Thread-safe.
/// </summary>
/// <param name="currency">The currency of the budget of the run.</param>
/// <param name="sending">Called before each request leaves; it leaves when the task has ended.</param>
internal sealed class ItemBudgetStore(string currency, Func<Task> sending) : IBudgetStore
{
    private readonly object _gate = new();
    private readonly Dictionary<string, decimal> _open = new(StringComparer.Ordinal);
    private decimal _settled;

    public string Currency => currency;

    /// <summary>What was charged, and the most that the requests under way may cost.</summary>
    public decimal Charge => Money.Add(State.Spent, State.Reserved);

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
