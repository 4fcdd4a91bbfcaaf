using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Keeps what budgets have spent and reserved, for one process or for many that share it. Implementations are thread-safe.
/// </summary>
/// <remarks>
/// A call reserves what it costs at most, marks the reservation as sent at the moment when its request leaves, and settles
/// it with what it cost. A reservation that its owner never settles expires: it is freed when it was not marked as sent, and
/// otherwise counts as spent in full, because nobody knows what the gateway charged. All operations are idempotent by the id of
/// the reservation, so that they can be repeated after a lost response.
/// </remarks>
public interface IBudgetStore
{
    /// <summary>
    /// Reserves an amount, unless it would make what is spent and reserved exceed the limit. Checking and reserving are one atomic
    /// step.
    /// </summary>
    /// <param name="scope">The budget, such as a tenant.</param>
    /// <param name="reservationId">
    /// The id of the reservation, unique to the attempt. An id that is reserved already is not reserved twice.
    /// </param>
    /// <param name="amount">The amount, 0 or more.</param>
    /// <param name="cancellationToken">Cancels the call that would be sent.</param>
    ValueTask<BudgetDecision> ReserveAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default);

    /// <summary>Marks a reservation as sent: from now on it is never freed without being settled.</summary>
    /// <param name="scope">The budget.</param>
    /// <param name="reservationId">The id of the reservation.</param>
    /// <param name="cancellationToken">Cancels the call that would be sent.</param>
    /// <returns>Whether the reservation exists; when it has expired, nothing may be sent for it.</returns>
    ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default);

    /// <summary>Ends a reservation: its amount is free again, and what was charged is spent.</summary>
    /// <param name="scope">The budget.</param>
    /// <param name="reservationId">The id of the reservation. An id that is settled, or was never reserved, changes nothing.</param>
    /// <param name="amount">What was charged: 0 for nothing; it may be more than was reserved.</param>
    /// <param name="cancellationToken">Is not that of the call, which may have been canceled.</param>
    /// <returns>The state of the budget afterwards.</returns>
    ValueTask<BudgetState> SettleAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default);

    /// <summary>Retrieves the state of a budget.</summary>
    /// <param name="scope">The budget.</param>
    /// <param name="cancellationToken">Cancels the retrieval.</param>
    ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default);
}
