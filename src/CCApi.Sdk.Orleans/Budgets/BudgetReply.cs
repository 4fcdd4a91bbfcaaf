using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>The response of a budget: whether what was requested was done, and the state afterwards.</summary>
[GenerateSerializer]
internal readonly record struct BudgetReply(
    [property: Id(0)] bool IsDone, [property: Id(1)] decimal Limit, [property: Id(2)] decimal Spent, [property: Id(3)] decimal Reserved)
{
    public BudgetState State => new(Limit, Spent, Reserved);

    public static BudgetReply Of(bool isDone, BudgetState state) => new(isDone, state.Limit, state.Spent, state.Reserved);
}
