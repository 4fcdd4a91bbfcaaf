using System.Globalization;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Floats as the doubles that are written in the same way.</summary>
internal static class Floats
{
    /// <summary>0.7f becomes 0.7, and not 0.699999988079071.</summary>
    public static double? Exact(float? value) =>
        value is { } number ? double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
