using System.Threading.Tasks;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>One budget. Its key is its scope. What it responds is stored.</summary>
[Alias("ccapi.budget")]
internal interface IBudgetGrain : IGrainWithStringKey
{
    /// <summary>Runs operations in their order, and stores them with one write.</summary>
    [Alias("run")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<BudgetReply[]> RunAsync(BudgetOperation[] operations);

    [Alias("limit")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<BudgetReply> SetLimitAsync(decimal limit);

    [Alias("state")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<BudgetReply> GetStateAsync();
}
