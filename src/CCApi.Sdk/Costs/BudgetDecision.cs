using System;

namespace CCApi.Sdk;

/// <summary>What an <see cref="IBudgetStore"/> decided about a reservation. Immutable.</summary>
/// <param name="isReserved">Whether the amount is reserved.</param>
/// <param name="state">The state afterwards.</param>
public readonly struct BudgetDecision(bool isReserved, BudgetState state) : IEquatable<BudgetDecision>
{
    /// <summary>Whether the amount is reserved; else the budget is as it was.</summary>
    public bool IsReserved { get; } = isReserved;

    /// <summary>The state of the budget afterwards.</summary>
    public BudgetState State { get; } = state;

    /// <summary>Whether two decisions are equal.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    public static bool operator ==(BudgetDecision left, BudgetDecision right) => left.Equals(right);

    /// <summary>Whether two decisions differ.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    public static bool operator !=(BudgetDecision left, BudgetDecision right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(BudgetDecision other) => IsReserved == other.IsReserved && State == other.State;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BudgetDecision other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (IsReserved, State).GetHashCode();
}
