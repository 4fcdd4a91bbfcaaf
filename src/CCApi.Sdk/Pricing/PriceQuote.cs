using System;

namespace CCApi.Sdk;

/// <summary>What a usage costs by a <see cref="ModelPrice"/>, or why that is unknown. Immutable.</summary>
public readonly struct PriceQuote : IEquatable<PriceQuote>
{
    private PriceQuote(decimal? amount, string? currency, string? reason)
    {
        Amount = amount;
        Currency = currency;
        Reason = reason;
    }

    /// <summary>The money; null when it is unknown.</summary>
    public decimal? Amount { get; }

    /// <summary>The currency of the amount, such as <c>USD</c> or <c>credits</c>; null when the amount is unknown.</summary>
    public string? Currency { get; }

    /// <summary>Why the amount is unknown; null when it is known.</summary>
    public string? Reason { get; }

    /// <summary>Whether two quotes are equal.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(PriceQuote left, PriceQuote right) => left.Equals(right);

    /// <summary>Whether two quotes differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(PriceQuote left, PriceQuote right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(PriceQuote other) =>
        Amount == other.Amount
        && Currency == other.Currency
        && Reason == other.Reason;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is PriceQuote other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Amount.GetHashCode();

    /// <summary>Returns the amount with its currency, or why it is unknown.</summary>
    public override string ToString()
    {
        if (Amount is { } amount)
        {
            // A product of prices and counts ends in zeros that nobody has written.
            return FormattableString.Invariant($"{amount:0.############################} {Currency}");
        }

        return $"unknown: {Reason}";
    }

    internal static PriceQuote Of(decimal amount, string currency) => new(amount, currency, null);

    internal static PriceQuote Unknown(string reason) => new(null, null, reason);
}
