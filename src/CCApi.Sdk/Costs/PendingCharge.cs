using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// A charge whose amount is known when what was started has ended, such as that of an image job. It keeps the reservations of its
/// budgets until then. Thread-safe.
/// </summary>
/// <param name="costs">Computes the cost.</param>
/// <param name="booked">The charge as it was booked at the start.</param>
/// <param name="held">What is reserved.</param>
/// <param name="request">The request that started it.</param>
/// <param name="earlier">What failed attempts before it cost; null for nothing.</param>
internal sealed class PendingCharge(CostAccounting costs, CostEntry booked, BudgetHold[] held, IPricedRequest? request, CCApiCost? earlier)
{
    private readonly object _gate = new();
    private CCApiCost? _settled;

    /// <summary>What the start reports, which counts where the end reports no cost; null for nothing.</summary>
    public ICostReport? Start { get; init; }

    /// <summary>Called once, with what it cost; null for nobody.</summary>
    public Action<CCApiCost>? Settled { get; init; }

    /// <summary>Settles the charge. What it was settled with first stays.</summary>
    /// <param name="end">What the end reports.</param>
    /// <param name="isRefunded">
    /// Whether it ended without a result, which the gateway gives back unless it reports a cost (inferred).
    /// </param>
    /// <returns>What it cost, with the attempts that failed before it started.</returns>
    public async ValueTask<CCApiCost> SettleAsync(ICostReport end, bool isRefunded)
    {
        var isFree = isRefunded && end.Cost is null;
        var isOfStart = end.Cost is null && Start?.Cost is not null;
        var report = isOfStart ? Start! : end;
        var own = isFree
            ? new CCApiCost(0, booked.Currency, CostSource.Computed, booked.Model)
            : costs.CostOf(report, request, booked.Model);
        CCApiCost settled;
        lock (_gate)
        {
            if (_settled is not null)
            {
                return _settled;
            }

            settled = _settled = CCApiCost.Sum(earlier, own)!;
            CostEntry? actual = isFree ? null : booked with { Amount = own.Amount, Currency = own.Currency, Model = own.Model };
            costs.Tracker.Correct(booked, actual);
        }

        Settled?.Invoke(settled);
        decimal? AmountIn(string currency)
        {
            if (isFree)
            {
                return 0;
            }

            return costs.AmountIn(currency, own, report, request, booked.Model);
        }
        await CallBudgets.SettleAsync(held, AmountIn, CancellationToken.None).ConfigureAwait(false);

        return settled;
    }
}
