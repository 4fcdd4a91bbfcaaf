using System.Globalization;

namespace CCApi.Sdk.Tests.Support;

internal static class Cultures
{
    /// <summary>A culture that writes 1.5 as 1,5 and a minus of its own. Made by hand, because a machine may have no culture data.</summary>
    public static CultureInfo CommaDecimal { get; } = Create();

    private static CultureInfo Create()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        return culture;
    }
}
