using System.Threading.Tasks;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>One budget. Its key is its scope. What it responds is stored.</summary>
[Alias("ccapi.budget")]
internal interface IBudgetGrain : IGrainWithStringKey
{
    [Alias("reserve")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<BudgetReply> ReserveAsync(string id, decimal amount);

    [Alias("sent")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<BudgetReply> MarkSentAsync(string id);

    [Alias("settle")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<BudgetReply> SettleAsync(string id, decimal amount);

    [Alias("limit")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<BudgetReply> SetLimitAsync(decimal limit);

    [Alias("state")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<BudgetReply> GetStateAsync();
}
