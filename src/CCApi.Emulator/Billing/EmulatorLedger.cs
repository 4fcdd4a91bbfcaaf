using System;
using System.Collections.Generic;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>What one key was charged and refunded. Thread-safe.</summary>
public sealed class EmulatorLedger
{
    /// <summary>How many scopes have a sum of their own.</summary>
    internal const int MaxScopes = 10_000;

    private const string OtherScopes = "(others)";

    private readonly Lock _gate = new();
    private readonly int _maxCharges;
    private readonly Queue<EmulatorChargeEntry> _entries = new();
    private readonly Dictionary<int, EmulatorChargeEntry> _byNumber = [];
    private readonly Dictionary<string, decimal> _spentByScope = new(StringComparer.Ordinal);
    private decimal _balance;
    private decimal _spent;
    private int _count;

    internal EmulatorLedger(decimal credits, int maxCharges)
    {
        _balance = credits;
        _maxCharges = maxCharges;
    }

    /// <summary>The credits that are left.</summary>
    public decimal Balance
    {
        get
        {
            lock (_gate)
            {
                return _balance;
            }
        }
    }

    /// <summary>
    /// The credits that were charged and not refunded, also by charges that <see cref="Charges"/> does not keep any more.
    /// </summary>
    public decimal Spent
    {
        get
        {
            lock (_gate)
            {
                return _spent;
            }
        }
    }

    /// <summary>
    /// The credits that were charged and not refunded, by the header <c>X-CCApi-Scope</c> of the requests; those without it are
    /// under <c>""</c>. A copy at the time of the call.
    /// </summary>
    /// <remarks>The first 10,000 scopes count; what later ones spend is under <c>"(others)"</c>.</remarks>
    public IReadOnlyDictionary<string, decimal> SpentByScope
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, decimal>(_spentByScope, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>How many charges there were, refunded ones included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>
    /// The last charges, oldest first, as many as <see cref="CCApiEmulatorOptions.MaxCharges"/> allows. A copy at the time of the call.
    /// </summary>
    public IReadOnlyList<EmulatorCharge> Charges
    {
        get
        {
            lock (_gate)
            {
                var charges = new List<EmulatorCharge>(_entries.Count);
                foreach (var entry in _entries)
                {
                    charges.Add(entry.Charge);
                }

                return charges;
            }
        }
    }

    /// <summary>Sets the credits that are left.</summary>
    /// <param name="credits">The new balance.</param>
    public void SetBalance(decimal credits)
    {
        lock (_gate)
        {
            _balance = credits;
        }
    }

    /// <summary>Charges, and returns the number of the entry; null when there is not enough.</summary>
    internal int? TryCharge(ChargeRequest request)
    {
        lock (_gate)
        {
            var credits = request.Credits;
            if (_balance <= 0 || credits > _balance)
            {
                return null;
            }

            _balance -= credits;
            _spent += credits;
            AddToScope(request.Scope, credits);
            var charge = new EmulatorCharge(
                request.Time, request.Operation, request.Model, credits, IsRefunded: false, request.IdempotencyKey, request.Scope);
            var entry = new EmulatorChargeEntry(_count++, charge);
            _entries.Enqueue(entry);
            _byNumber[entry.Number] = entry;

            while (_entries.Count > _maxCharges)
            {
                _byNumber.Remove(_entries.Dequeue().Number);
            }

            return entry.Number;
        }
    }

    internal decimal CreditsOf(int number)
    {
        lock (_gate)
        {
            if (_byNumber.TryGetValue(number, out var entry))
            {
                return entry.Charge.Credits;
            }

            return 0m;
        }
    }

    /// <summary>Whether a charge was refunded; one that is not kept any more cannot be.</summary>
    internal bool IsRefunded(int number)
    {
        lock (_gate)
        {
            return _byNumber.TryGetValue(number, out var entry) && entry.Charge.IsRefunded;
        }
    }

    internal void Refund(int number)
    {
        lock (_gate)
        {
            if (!_byNumber.TryGetValue(number, out var entry) || entry.Charge.IsRefunded)
            {
                return;
            }

            _balance += entry.Charge.Credits;
            _spent -= entry.Charge.Credits;
            AddToScope(entry.Charge.Scope, -entry.Charge.Credits);
            entry.Charge = entry.Charge with { IsRefunded = true };
        }
    }

    /// <summary>Forgets every charge and sets the balance.</summary>
    internal void Reset(decimal credits)
    {
        lock (_gate)
        {
            _entries.Clear();
            _byNumber.Clear();
            _spentByScope.Clear();
            (_balance, _spent, _count) = (credits, 0m, 0);
        }
    }

    private void AddToScope(string? scope, decimal credits)
    {
        var key = scope ?? string.Empty;
        var isKept = _spentByScope.ContainsKey(key) || _spentByScope.Count < MaxScopes;
        key = isKept ? key : OtherScopes;
        _spentByScope[key] = _spentByScope.GetValueOrDefault(key) + credits;
    }

    private sealed class EmulatorChargeEntry(int number, EmulatorCharge charge)
    {
        public int Number { get; } = number;

        public EmulatorCharge Charge { get; set; } = charge;
    }
}
