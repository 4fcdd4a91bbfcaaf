using System;
using System.Globalization;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Floats as the doubles that are written in the same way.</summary>
internal static class Floats
{
    /// <summary>0.7f becomes 0.7, and not 0.699999988079071.</summary>
    /// <exception cref="ArgumentException">It is not finite, which JSON has no form for.</exception>
    public static double? Exact(float? value, string name)
    {
        if (value is not { } number)
        {
            return null;
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (float.IsNaN(number) || float.IsInfinity(number))
        {
            throw new ArgumentException($"{name} is {text}: set a finite number, or null.", ArgumentNames.Options);
        }

        return double.Parse(text, CultureInfo.InvariantCulture);
    }
}
