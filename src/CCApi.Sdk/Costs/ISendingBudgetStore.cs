using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// A store that reserves for a request that leaves at once: one operation where a store over a network would take two, one after the
/// other.
/// </summary>
internal interface ISendingBudgetStore : IBudgetStore
{
    /// <summary>Reserves an amount and marks it as sent; without a place for it, neither.</summary>
    ValueTask<BudgetDecision> ReserveAndMarkSentAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default);
}
