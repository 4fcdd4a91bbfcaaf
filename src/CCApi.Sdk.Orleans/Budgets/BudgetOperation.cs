using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>What happens to a reservation of a budget. Idempotent by its id.</summary>
[GenerateSerializer]
[Alias("ccapi.budgetoperation")]
internal readonly record struct BudgetOperation(
    [property: Id(0)] BudgetAction Action, [property: Id(1)] string ReservationId, [property: Id(2)] decimal Amount);
