using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>What the emulator charged and gave back. Thread-safe.</summary>
public sealed class EmulatorLedger
{
    private readonly Lock _gate = new();
    private readonly List<EmulatorCharge> _charges = [];
    private decimal _balance;

    internal EmulatorLedger(decimal credits) => _balance = credits;

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

    /// <summary>The credits that were charged and not given back.</summary>
    public decimal Spent
    {
        get
        {
            lock (_gate)
            {
                return _charges.Where(charge => !charge.IsRefunded).Sum(charge => charge.Credits);
            }
        }
    }

    /// <summary>Every charge so far, in order.</summary>
    public IReadOnlyList<EmulatorCharge> Charges
    {
        get
        {
            lock (_gate)
            {
                return [.. _charges];
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
    internal int? TryCharge(DateTimeOffset time, string operation, string model, decimal credits, string? idempotencyKey)
    {
        lock (_gate)
        {
            if (_balance <= 0 || credits > _balance)
            {
                return null;
            }

            _balance -= credits;
            _charges.Add(new EmulatorCharge(time, operation, model, credits, IsRefunded: false, idempotencyKey));
            return _charges.Count - 1;
        }
    }

    internal decimal CreditsOf(int entry)
    {
        lock (_gate)
        {
            return _charges[entry].Credits;
        }
    }

    internal bool IsRefunded(int entry)
    {
        lock (_gate)
        {
            return _charges[entry].IsRefunded;
        }
    }

    internal void Refund(int entry)
    {
        lock (_gate)
        {
            if (!_charges[entry].IsRefunded)
            {
                _balance += _charges[entry].Credits;
                _charges[entry] = _charges[entry] with { IsRefunded = true };
            }
        }
    }
}
