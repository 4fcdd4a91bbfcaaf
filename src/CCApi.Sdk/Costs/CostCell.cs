using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>One running total of a tracker, guarded by the tracker's lock.</summary>
internal sealed class CostCell
{
    private readonly Dictionary<string, decimal> _others = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> _unknown = new(StringComparer.Ordinal);
    private decimal? _usd;

    public long Charges { get; private set; }

    public long UnknownCharges { get; private set; }

    /// <param name="charge">The charge.</param>
    /// <param name="sign">1 to add it, -1 to take it back.</param>
    public void Add(in CostEntry charge, int sign)
    {
        if (charge.Amount is not { } amount)
        {
            UnknownCharges += sign;
            AddTo(_unknown, charge.Currency, charge.AtMost, sign);

            return;
        }

        Charges += sign;
        if (charge.Currency == Currencies.Usd)
        {
            _usd = Money.Add(_usd ?? 0, amount * sign);
            return;
        }

        AddTo(_others, charge.Currency, amount, sign);
    }

    public IReadOnlyDictionary<string, decimal> Amounts()
    {
        var amounts = new Dictionary<string, decimal>(_others, StringComparer.Ordinal);
        if (_usd is { } usd)
        {
            amounts[Currencies.Usd] = usd;
        }

        return amounts;
    }

    public IReadOnlyDictionary<string, decimal> UnknownAtMost() => new Dictionary<string, decimal>(_unknown, StringComparer.Ordinal);

    private static void AddTo(Dictionary<string, decimal> amounts, string currency, decimal amount, int sign)
    {
        if (amount != 0)
        {
            amounts.TryGetValue(currency, out var before);
            amounts[currency] = Money.Add(before, amount * sign);
        }
    }
}
