using System;

namespace CCApi.Sdk;

/// <summary>
/// Arithmetic with amounts. What a gateway reports may be anything, so that nothing here throws: a result beyond the range
/// is its end.
/// </summary>
internal static class Money
{
    public static decimal Add(decimal left, decimal right)
    {
        try
        {
            return left + right;
        }
        catch (OverflowException)
        {
            return left > 0 ? decimal.MaxValue : decimal.MinValue;
        }
    }

    public static decimal Multiply(decimal left, decimal right)
    {
        try
        {
            return left * right;
        }
        catch (OverflowException)
        {
            return (left > 0) == (right > 0) ? decimal.MaxValue : decimal.MinValue;
        }
    }

    /// <summary>The quotient of an amount and a divisor above 0.</summary>
    public static decimal Divide(decimal amount, decimal divisor)
    {
        try
        {
            return amount / divisor;
        }
        catch (OverflowException)
        {
            return amount > 0 ? decimal.MaxValue : decimal.MinValue;
        }
    }
}
