using System.Globalization;
using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class PriceNumberTests
{
    [Theory]
    [InlineData("0.15", "0.15")]
    [InlineData(" 0.150 ", "0.150")]
    [InlineData("+2", "2")]
    [InlineData("6e-7", "0.0000006")]
    [InlineData("1.5E+2", "150")]
    [InlineData("0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0e-40", "0")]
    [InlineData("$2.50", "2.50")]
    [InlineData("US$ 2.50", "2.50")]
    [InlineData("USD 2.50 per million tokens", "2.50")]
    [InlineData("0.15/M", "0.15")]
    [InlineData("0.15 USD/1K", "0.15")]
    [InlineData("$0.15 / 1000", "0.15")]
    [InlineData("0.15 USD 1M tokens", "0.15")]
    [InlineData("0.15 per 1M tokens", "0.15")]
    [InlineData("0.04/image", "0.04")]
    [InlineData("1e-6", "0.000001")]
    [InlineData("1E-6 USD", "0.000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Parse_OfANumber_IsExact(string text, string expected)
    {
        var number = PriceNumber.Parse(text);

        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), number.Amount);
        Assert.Null(number.Reason);
    }

    [Theory]
    [InlineData(null, "it is empty")]
    [InlineData("  ", "it is empty")]
    [InlineData("free", "'free' is not a number")]
    [InlineData("NaN", "'NaN' is not a number")]
    [InlineData("-Infinity", "'-Infinity' is not a number")]
    [InlineData("-", "'-' is not a number")]
    [InlineData(".", "'.' is not a number")]
    [InlineData("-0.01", "'-0.01' is negative")]
    [InlineData("1,250.00", "'1,250.00' is not a number")]
    [InlineData("0,15", "'0,15' is not a number")]
    [InlineData("5-10", "'5-10' is not a number")]
    [InlineData("1.2.3", "'1.2.3' is not a number that a decimal can hold")]
    [InlineData("1e400", "'1e400' is not a number that a decimal can hold")]
    [InlineData("1e-40", "'1e-40' is too small for a decimal")]
    [InlineData("1 250", "'1 250' is not a number")]
    [InlineData("1\u00a0250", "'1\u00a0250' is not a number")]
    [InlineData("0'15", "'0'15' is not a number")]
    [InlineData("1 250 tokens", "'1 250 tokens' is not a number")]
    [InlineData("1K tokens 5", "'1K tokens 5' is not a number with a unit that is known")]
    [InlineData("5k", "'5k' is not a number with a unit that is known")]
    [InlineData("5 M tokens", "'5 M tokens' is not a number with a unit that is known")]
    [InlineData("2.5 / 10", "'2.5 / 10' is not a number with a unit that is known")]
    [InlineData("¥2", "'¥2' is not a number with a unit that is known")]
    [InlineData("15¢", "'15¢' is not a number with a unit that is known")]
    [InlineData("15%", "'15%' is not a number with a unit that is known")]
    [InlineData("~0.1 USD", "'~0.1 USD' is not a number with a unit that is known")]
    [InlineData("$1+", "'$1+' is not a number with a unit that is known")]
    [InlineData("\u22120.5 USD", "'\u22120.5 USD' is not a number with a unit that is known")]
    [InlineData("\u20131 USD", "'\u20131 USD' is not a number with a unit that is known")]
    [InlineData("($0.50)", "'($0.50)' is not a number")]
    [InlineData("[1] USD", "'[1] USD' is not a number")]
    [InlineData("2 parsecs", "'2 parsecs' is not a number with a unit that is known")]
    [InlineData("free\u0007\n", "'free\u0007' is not a number")]
    [InlineData("a\u001b[31mb", "'a?[31mb' is not a number with a unit that is known")]
    public void Parse_OfAnythingElse_SaysWhy(string? text, string expected)
    {
        var number = PriceNumber.Parse(text);

        Assert.Null(number.Amount);
        Assert.Equal(expected.Replace('\u0007', '?'), number.Reason);
    }

    [Theory]
    [InlineData(41, 60)]
    [InlineData(201, 60)]
    [InlineData(1_000_000, 60)]
    public void Parse_OfALongText_HasAShortReason(int length, int longest)
    {
        var number = PriceNumber.Parse(new string('x', length));

        Assert.InRange(number.Reason!.Length, 1, longest + 10);
    }
}
