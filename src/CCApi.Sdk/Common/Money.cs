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
            if (left > 0)
            {
                return decimal.MaxValue;
            }

            return decimal.MinValue;
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
            if ((left > 0) == (right > 0))
            {
                return decimal.MaxValue;
            }

            return decimal.MinValue;
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
            if (amount > 0)
            {
                return decimal.MaxValue;
            }

            return decimal.MinValue;
        }
    }
}
