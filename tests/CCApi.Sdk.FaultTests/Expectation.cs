using System;
using System.Globalization;

namespace CCApi.Sdk.FaultTests;

/// <summary>What a call comes to.</summary>
/// <param name="Outcome">
/// <c>ok</c>, <c>truncated</c>, or the exception: its type without <c>CCApi</c> and <c>Exception</c> (<c>CCApi</c> is the base type), a time-out with its budget.
/// </param>
/// <param name="Attempts">How many requests the server received.</param>
/// <param name="Charges">How many charges stand in the gateway's ledger in the end.</param>
public sealed record Expectation(string Outcome, int Attempts, int Charges)
{
    /// <summary>Reads <c>Connection 3/0</c>.</summary>
    public static Expectation Parse(string cell)
    {
        var parts = cell.Split(' ', '/');
        return parts.Length == 3
            ? new Expectation(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture))
            : throw new FormatException($"'{cell}' is not an outcome, attempts and charges, such as 'Connection 3/0'.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Outcome} {Attempts}/{Charges}");
}
