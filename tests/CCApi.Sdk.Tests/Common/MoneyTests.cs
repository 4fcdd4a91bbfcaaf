using Xunit;

namespace CCApi.Sdk.Tests.Common;

public class MoneyTests
{
    [Fact]
    public void Add_TwoAmounts_IsExact() => Assert.Equal(0.3m, Money.Add(0.1m, 0.2m));

    [Fact]
    public void Add_BeyondTheRange_IsItsEnd()
    {
        Assert.Equal(decimal.MaxValue, Money.Add(decimal.MaxValue, 1));
        Assert.Equal(decimal.MinValue, Money.Add(decimal.MinValue, -1));
    }

    [Fact]
    public void Multiply_BeyondTheRange_IsItsEnd()
    {
        Assert.Equal(0.06m, Money.Multiply(0.2m, 0.3m));
        Assert.Equal(decimal.MaxValue, Money.Multiply(decimal.MaxValue, 2));
        Assert.Equal(decimal.MinValue, Money.Multiply(decimal.MaxValue, -2));
    }

    [Fact]
    public void Divide_BeyondTheRange_IsItsEnd()
    {
        Assert.Equal(4m, Money.Divide(2, 0.5m));
        Assert.Equal(decimal.MaxValue, Money.Divide(decimal.MaxValue, 0.1m));
        Assert.Equal(decimal.MinValue, Money.Divide(decimal.MinValue, 0.1m));
    }
}
