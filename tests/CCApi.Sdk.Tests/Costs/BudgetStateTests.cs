using Xunit;

namespace CCApi.Sdk.Tests.Costs;

public class BudgetStateTests
{
    [Fact]
    public void State_OfThreeAmounts_KnowsTheRest()
    {
        var state = new BudgetState(10, 2, 3);

        Assert.Equal(5, state.Remaining);
        Assert.Equal("2 spent and 3 reserved of 10", state.ToString());
    }

    [Fact]
    public void Equality_IsThatOfTheAmounts()
    {
        Assert.True(new BudgetState(10, 2, 3) == new BudgetState(10.0m, 2, 3));
        Assert.True(new BudgetState(10, 2, 3) != new BudgetState(10, 2, 4));
        Assert.True(new BudgetState(10, 2, 3).Equals((object)new BudgetState(10, 2, 3)));
        Assert.Equal(new BudgetState(10, 2, 3).GetHashCode(), new BudgetState(10, 2, 3).GetHashCode());
    }

    [Fact]
    public void Remaining_BeyondTheRange_DoesNotThrow() => Assert.Equal(decimal.MinValue, new BudgetState(0, decimal.MaxValue, decimal.MaxValue).Remaining);
}
