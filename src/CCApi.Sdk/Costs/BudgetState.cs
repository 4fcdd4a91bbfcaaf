using System;

namespace CCApi.Sdk;

/// <summary>The state of a budget at one moment. Immutable.</summary>
/// <param name="limit">The limit.</param>
/// <param name="spent">What was spent.</param>
/// <param name="reserved">What calls under way may still spend.</param>
public readonly struct BudgetState(decimal limit, decimal spent, decimal reserved) : IEquatable<BudgetState>
{
    /// <summary>The most that may be spent.</summary>
    public decimal Limit { get; } = limit;

    /// <summary>What was spent, with the full reservation of each call that may have been charged an unknown amount.</summary>
    public decimal Spent { get; } = spent;

    /// <summary>What calls under way may still spend.</summary>
    public decimal Reserved { get; } = reserved;

    /// <summary>What a further call may reserve; below 0 when a call cost more than it had reserved.</summary>
    public decimal Remaining => Money.Add(Limit, -Money.Add(Spent, Reserved));

    /// <summary>Whether two states are equal.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    public static bool operator ==(BudgetState left, BudgetState right) => left.Equals(right);

    /// <summary>Whether two states differ.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    public static bool operator !=(BudgetState left, BudgetState right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(BudgetState other) => (Limit, Spent, Reserved) == (other.Limit, other.Spent, other.Reserved);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BudgetState other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Limit, Spent, Reserved).GetHashCode();

    /// <summary>Returns the state in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Spent} spent and {Reserved} reserved of {Limit}");
}
