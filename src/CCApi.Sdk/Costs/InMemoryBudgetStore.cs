using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Keeps budgets in the memory of this process. Thread-safe; every operation completes at once.</summary>
/// <remarks>
/// Reservations expire by the monotonic clock, which does not jump with the time of day. What was charged for an expired
/// reservation is still corrected when its call settles it late.
/// </remarks>
public sealed class InMemoryBudgetStore : IBudgetStore
{
    /// <summary>How many expired reservations of a budget can still be corrected.</summary>
    internal const int MaxExpired = 10_000;

    private readonly object _gate = new();
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    /// <summary>Creates a store without budgets.</summary>
    /// <param name="timeProvider">The clock of the expiry; null for that of the system.</param>
    public InMemoryBudgetStore(TimeProvider? timeProvider = null) => _time = timeProvider ?? TimeProvider.System;

    /// <summary>How long a reservation stays without being settled.</summary>
    /// <value>More than 0. The default is 1 hour, which is longer than any call within the default time budgets.</value>
    public TimeSpan ReservationLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Sets the limit of a budget; what was spent and reserved stays. A budget without a limit permits nothing.</summary>
    /// <param name="scope">The budget.</param>
    /// <param name="limit">The most that may be spent, 0 or more.</param>
    public void SetLimit(string scope, decimal limit)
    {
        Require.NotNull(scope, nameof(scope));
        if (limit < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "It must be 0 or more.");
        }

        lock (_gate)
        {
            AccountOf(scope).Limit = limit;
        }
    }

    /// <summary>Returns the state of a budget.</summary>
    /// <param name="scope">The budget.</param>
    public BudgetState GetState(string scope)
    {
        Require.NotNull(scope, nameof(scope));
        lock (_gate)
        {
            return AccountOf(scope).State;
        }
    }

    /// <inheritdoc/>
    public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) => new(GetState(scope));

    /// <inheritdoc/>
    public ValueTask<BudgetDecision> ReserveAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
    {
        Require.NotNull(scope, nameof(scope));
        Require.NotNull(reservationId, nameof(reservationId));
        if (amount < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "It must be 0 or more.");
        }

        lock (_gate)
        {
            var account = AccountOf(scope);
            var isReserved = account.TryReserve(reservationId, amount, _time.GetTimestamp());

            return new ValueTask<BudgetDecision>(new BudgetDecision(isReserved, account.State));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default)
    {
        Require.NotNull(scope, nameof(scope));
        Require.NotNull(reservationId, nameof(reservationId));
        lock (_gate)
        {
            return new ValueTask<bool>(AccountOf(scope).MarkSent(reservationId));
        }
    }

    /// <inheritdoc/>
    public ValueTask<BudgetState> SettleAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
    {
        Require.NotNull(scope, nameof(scope));
        Require.NotNull(reservationId, nameof(reservationId));
        lock (_gate)
        {
            var account = AccountOf(scope);
            account.Settle(reservationId, amount);

            return new ValueTask<BudgetState>(account.State);
        }
    }

    /// <summary>The budget, without what has expired meanwhile. Under the lock.</summary>
    private Account AccountOf(string scope)
    {
        if (!_accounts.TryGetValue(scope, out var account))
        {
            _accounts[scope] = account = new Account();
        }

        account.Expire(begin => _time.GetElapsedTime(begin) >= ReservationLifetime);

        return account;
    }

    private sealed class Account
    {
        private readonly Dictionary<string, LinkedListNode<Reservation>> _open = new(StringComparer.Ordinal);
        private readonly LinkedList<Reservation> _byAge = [];
        private readonly Dictionary<string, Reservation> _expired = new(StringComparer.Ordinal);
        private readonly Queue<string> _expiredByAge = new();
        private decimal _spent;
        private decimal _reserved;

        public decimal Limit { get; set; }

        public BudgetState State => new(Limit, _spent, _reserved);

        public bool TryReserve(string id, decimal amount, long now)
        {
            if (_open.ContainsKey(id))
            {
                return true;
            }

            if (amount > State.Remaining)
            {
                return false;
            }

            _open.Add(id, _byAge.AddLast(new Reservation(id, amount, now)));
            _reserved += amount;

            return true;
        }

        public bool MarkSent(string id)
        {
            if (!_open.TryGetValue(id, out var node))
            {
                return false;
            }

            node.Value.IsSent = true;

            return true;
        }

        public void Settle(string id, decimal amount)
        {
            if (_open.TryGetValue(id, out var node))
            {
                Close(node);
                _spent = Money.Add(_spent, Math.Max(0, amount));

                return;
            }

            if (_expired.TryGetValue(id, out var expired))
            {
                _expired.Remove(id);
                var counted = expired.IsSent ? expired.Amount : 0;
                _spent = Money.Add(_spent - counted, Math.Max(0, amount));
            }
        }

        /// <summary>All live equally long, so that the oldest expires first.</summary>
        public void Expire(Func<long, bool> isOld)
        {
            while (_byAge.First is { } oldest && isOld(oldest.Value.Begin))
            {
                Close(oldest);
                Keep(oldest.Value);
            }
        }

        private void Close(LinkedListNode<Reservation> node)
        {
            _open.Remove(node.Value.Id);
            _byAge.Remove(node);

            // Exactly 0 without the trailing zeros of what was reserved, which people would read.
            _reserved = _open.Count == 0 ? 0 : _reserved - node.Value.Amount;
        }

        /// <summary>Counts what was sent as spent, and keeps the reservation for a late settlement.</summary>
        private void Keep(Reservation expired)
        {
            if (expired.IsSent)
            {
                _spent = Money.Add(_spent, expired.Amount);
            }

            _expired[expired.Id] = expired;
            _expiredByAge.Enqueue(expired.Id);

            while (_expiredByAge.Count > MaxExpired)
            {
                _expired.Remove(_expiredByAge.Dequeue());
            }
        }
    }

    private sealed class Reservation(string id, decimal amount, long begin)
    {
        public string Id => id;

        public decimal Amount => amount;

        public long Begin => begin;

        public bool IsSent { get; set; }
    }
}
