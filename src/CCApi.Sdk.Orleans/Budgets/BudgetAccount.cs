using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.Orleans;

/// <summary>One budget: what is spent and reserved. Pure: times are passed in, as durations since any start. Not thread-safe.</summary>
/// <remarks>
/// Every operation is idempotent by the id of the reservation. What expires is freed when it was not marked as sent, and counts as
/// spent in full otherwise.
/// </remarks>
internal sealed class BudgetAccount
{
    /// <summary>How many expired reservations can be settled late, and how many settled ids are recognized.</summary>
    public const int MaxRemembered = 1000;

    // Far from where decimals overflow, and from every budget.
    private const decimal MaxAmount = 1e24m;

    private readonly decimal _defaultLimit;
    private readonly TimeSpan _lifetime;
    private readonly Dictionary<string, LinkedListNode<Reservation>> _open = new(StringComparer.Ordinal);
    private readonly LinkedList<Reservation> _byAge = new();
    private readonly Dictionary<string, LinkedListNode<Reservation>> _expired = new(StringComparer.Ordinal);
    private readonly LinkedList<Reservation> _expiredByAge = new();
    private readonly HashSet<string> _settled = new(StringComparer.Ordinal);
    private readonly Queue<string> _settledByAge = new();
    private decimal? _limit;
    private decimal _spent;
    private decimal _reserved;

    /// <param name="record">What is stored.</param>
    /// <param name="defaultLimit">The limit as long as none was set.</param>
    /// <param name="lifetime">How long a reservation stays without being settled.</param>
    /// <param name="now">The time.</param>
    public BudgetAccount(BudgetRecord record, decimal defaultLimit, TimeSpan lifetime, TimeSpan now)
    {
        _defaultLimit = defaultLimit;
        _lifetime = lifetime;
        _limit = record.Limit;
        _spent = record.Spent;
        foreach (var open in record.Open)
        {
            Open(new Reservation(open.Id, open.Amount, now - open.Age) { IsSent = open.IsSent });
        }

        foreach (var expired in record.Expired)
        {
            Remember(new Reservation(expired.Id, expired.Amount, now - expired.Age) { IsSent = expired.IsSent });
        }
    }

    /// <summary>The state after the last operation.</summary>
    public BudgetState State => new(_limit ?? _defaultLimit, _spent, _reserved);

    /// <summary>Returns the state at a time, at which reservations may have expired since the last operation.</summary>
    public BudgetState StateAt(TimeSpan now)
    {
        Expire(now);
        return State;
    }

    /// <summary>How many reservations are not settled.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Runs an operation.</summary>
    /// <returns>Whether it has done what it is for; otherwise nothing has changed.</returns>
    public bool Run(BudgetOperation operation, TimeSpan now)
    {
        var (id, amount) = (operation.ReservationId, operation.Amount);
        switch (operation.Action)
        {
            case BudgetAction.Reserve:
                return Reserve(id, amount, now);

            case BudgetAction.ReserveAndMarkSent:
                return Reserve(id, amount, now) && MarkSent(id, now);

            case BudgetAction.MarkSent:
                return MarkSent(id, now);

            default:
                Settle(id, amount, now);
                return true;
        }
    }

    public void SetLimit(decimal limit) => _limit = Bounded(limit);

    /// <summary>Reserves an amount, unless it does not fit.</summary>
    /// <returns>Whether it is reserved. A repeated call for an id that was settled meanwhile is not: its caller has gone.</returns>
    public bool Reserve(string id, decimal amount, TimeSpan now)
    {
        Expire(now);
        if (_open.ContainsKey(id))
        {
            return true;
        }

        var isOver = _settled.Contains(id) || _expired.ContainsKey(id);
        if (isOver || Bounded(amount) > State.Remaining)
        {
            return false;
        }

        Open(new Reservation(id, amount, now));
        return true;
    }

    /// <summary>Marks a reservation as sent.</summary>
    /// <returns>Whether it exists.</returns>
    public bool MarkSent(string id, TimeSpan now)
    {
        Expire(now);
        if (!_open.TryGetValue(id, out var node))
        {
            return false;
        }

        node.Value.IsSent = true;
        return true;
    }

    /// <summary>
    /// Ends a reservation. One that is settled already, or was never made, changes nothing; what reserves it later comes from a call
    /// that has ended, and reserves nothing.
    /// </summary>
    public void Settle(string id, decimal amount, TimeSpan now)
    {
        Expire(now);
        if (_open.TryGetValue(id, out var open))
        {
            Close(open);
            Spend(amount);
        }
        else if (_expired.Remove(id, out var expired))
        {
            _expiredByAge.Remove(expired);
            _spent -= expired.Value.IsSent ? expired.Value.Amount : 0;
            Spend(amount);
        }

        RememberSettled(id);
    }

    /// <summary>Returns what is to be stored.</summary>
    public BudgetRecord ToRecord(TimeSpan now) => new()
    {
        Limit = _limit,
        Spent = _spent,
        Open = _byAge.Select(each => each.ToRecord(now)).ToList(),
        Expired = _expiredByAge.Select(each => each.ToRecord(now)).ToList(),
    };

    private static decimal Bounded(decimal amount) => Math.Clamp(amount, 0, MaxAmount);

    /// <summary>All live equally long, so that the oldest expires first.</summary>
    private void Expire(TimeSpan now)
    {
        while (_byAge.First is { } oldest && now - oldest.Value.Begin >= _lifetime)
        {
            Close(oldest);
            if (oldest.Value.IsSent)
            {
                Spend(oldest.Value.Amount);
            }

            Remember(oldest.Value);
        }
    }

    private void Open(Reservation reservation)
    {
        _open.Add(reservation.Id, _byAge.AddLast(reservation));
        _reserved += reservation.Amount;
    }

    private void Close(LinkedListNode<Reservation> node)
    {
        _open.Remove(node.Value.Id);
        _byAge.Remove(node);
        _reserved -= node.Value.Amount;
    }

    private void Spend(decimal amount) => _spent = Bounded(_spent + Bounded(amount));

    private void Remember(Reservation expired)
    {
        _expired[expired.Id] = _expiredByAge.AddLast(expired);
        if (_expiredByAge.Count > MaxRemembered)
        {
            _expired.Remove(_expiredByAge.First!.Value.Id);
            _expiredByAge.RemoveFirst();
        }
    }

    private void RememberSettled(string id)
    {
        if (!_settled.Add(id))
        {
            return;
        }

        _settledByAge.Enqueue(id);
        if (_settledByAge.Count > MaxRemembered)
        {
            _settled.Remove(_settledByAge.Dequeue());
        }
    }

    private sealed class Reservation(string id, decimal amount, TimeSpan begin)
    {
        public string Id => id;

        public decimal Amount { get; } = Bounded(amount);

        public TimeSpan Begin => begin;

        public bool IsSent { get; set; }

        public ReservationRecord ToRecord(TimeSpan now) => new() { Id = id, Amount = Amount, IsSent = IsSent, Age = now - begin };
    }
}
