using Xunit;

namespace CCApi.Sdk.Tests.Costs;

public class BudgetDecisionTests
{
    [Fact]
    public void Equality_IsThatOfTheParts()
    {
        var state = new BudgetState(1, 0, 0);

        Assert.True(new BudgetDecision(true, state) == new BudgetDecision(true, state));
        Assert.True(new BudgetDecision(true, state) != new BudgetDecision(false, state));
        Assert.True(new BudgetDecision(true, state).Equals((object)new BudgetDecision(true, state)));
        Assert.NotEqual(new BudgetDecision(true, state).GetHashCode(), new BudgetDecision(false, state).GetHashCode());
    }
}
