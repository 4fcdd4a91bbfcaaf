using System.Globalization;

namespace CCApi.Sdk.Soak;

/// <summary>One charge of the gateway, as a line of a file.</summary>
/// <param name="Key">The <c>Idempotency-Key</c> that it came with.</param>
/// <param name="Credits">How much.</param>
/// <param name="IsRefunded">Whether it was given back.</param>
internal readonly record struct LedgerEntry(string Key, decimal Credits, bool IsRefunded)
{
    public static LedgerEntry Parse(string line)
    {
        var parts = line.Split('\t');
        return new LedgerEntry(parts[0], decimal.Parse(parts[1], CultureInfo.InvariantCulture), parts[2] == "refunded");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}\t{Credits}\t{(IsRefunded ? "refunded" : "kept")}");
}
