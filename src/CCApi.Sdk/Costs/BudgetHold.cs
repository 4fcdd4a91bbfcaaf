using System;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>A reservation of one attempt in one budget. It is settled once, however often that is tried. Thread-safe.</summary>
/// <param name="budget">The budget.</param>
/// <param name="id">The id of the reservation.</param>
/// <param name="amount">The amount.</param>
internal sealed class BudgetHold(CCApiBudget budget, string id, decimal amount)
{
    private int _isSettled;

    public CCApiBudget Budget => budget;

    public string Id => id;

    public decimal Amount => amount;

    /// <summary>Whether it was marked as sent when it was reserved.</summary>
    public bool IsMarkedSent { get; init; }

    public ValueTask<bool> MarkSentAsync(CancellationToken cancellationToken) =>
        IsMarkedSent ? new ValueTask<bool>(true) : budget.MarkSentAsync(id, cancellationToken);

    /// <summary>Counts everything as spent, because what was charged is not known.</summary>
    public ValueTask KeepAsync() => SettleAsync(amount, CancellationToken.None);

    /// <summary>Ends the reservation with what was charged.</summary>
    /// <param name="charged">What was charged.</param>
    /// <param name="cancellationToken">Ends the wait for a store that takes long.</param>
    /// <remarks>
    /// It never throws, because the result is there and paid. A store that fails counts the reservation as spent when it expires,
    /// which is the safe side.
    /// </remarks>
    public async ValueTask SettleAsync(decimal charged, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isSettled, 1) != 0)
        {
            return;
        }

        try
        {
            await budget.SettleAsync(id, charged, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // See the remarks.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The reservation stays until it expires.
        }
    }
}
