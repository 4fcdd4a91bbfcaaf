namespace CCApi.Sdk.Orleans;

/// <summary>What an operation of a budget does. The numbers are sent.</summary>
internal enum BudgetAction
{
    Reserve = 0,

    /// <summary>Reserves, and marks as sent.</summary>
    ReserveAndMarkSent = 1,

    MarkSent = 2,

    Settle = 3,
}
