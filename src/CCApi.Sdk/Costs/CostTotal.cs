using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>What the calls of one model, operation, scope or tag cost. Immutable.</summary>
public sealed class CostTotal
{
    internal CostTotal(string name, CostCell cell)
    {
        Name = name;
        Charges = cell.Charges;
        UnknownCharges = cell.UnknownCharges;
        Amounts = cell.Amounts();
        UnknownAtMost = cell.UnknownAtMost();
    }

    /// <summary>The model, operation, path of the scope, or tag as <c>name=value</c>; empty for all calls together.</summary>
    public string Name { get; }

    /// <summary>How many charges have a known amount. A call has one, and one more for each failed attempt that was charged.</summary>
    public long Charges { get; }

    /// <summary>How many charges, certain or possible, have no known amount.</summary>
    public long UnknownCharges { get; }

    /// <summary>The known amounts by their currency, <c>USD</c> or <c>credits</c>.</summary>
    public IReadOnlyDictionary<string, decimal> Amounts { get; }

    /// <summary>
    /// What the unknown charges cost at most, by currency, as far as budgets had reserved it: budgets count it as spent.
    /// </summary>
    public IReadOnlyDictionary<string, decimal> UnknownAtMost { get; }

    /// <summary>Returns the known amount in a currency.</summary>
    /// <param name="currency">The currency.</param>
    public decimal AmountIn(string currency = Currencies.Usd)
    {
        if (Amounts.TryGetValue(currency, out var amount))
        {
            return amount;
        }

        return 0;
    }

    /// <summary>Returns the total in one line.</summary>
    public override string ToString()
    {
        var parts = Amounts.Select(amount => FormattableString.Invariant($"{amount.Value} {amount.Key}"));
        var amounts = Amounts.Count == 0 ? "0" : string.Join(" + ", parts);

        return FormattableString.Invariant($"{Name}: {amounts} in {Charges} charges, {UnknownCharges} unknown");
    }
}
