using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>
/// Counts in a budget what earlier runs of a ledger were charged. A budget that this process keeps has forgotten it, unless the same
/// object was used for them. Thread-safe.
/// </summary>
internal static class EarlierCharges
{
    // By budget: what it has counted of a ledger, by the id of the ledger.
    private static readonly ConditionalWeakTable<CCApiBudget, ConcurrentDictionary<string, decimal>> _counted = [];

    /// <summary>Counts what the budget has not counted yet.</summary>
    /// <exception cref="BulkLedgerException">The ledger failed, or counts in another currency.</exception>
    public static async Task CountAsync(CCApiBudget budget, LedgerWriter ledger)
    {
        await ledger.UseCurrencyAsync(budget.Currency).ConfigureAwait(false);
        if (!budget.IsInMemory)
        {
            return;
        }

        var total = await TotalAsync(budget, ledger).ConfigureAwait(false);
        var counted = Of(budget).TryGetValue(ledger.RunId, out var earlier) ? earlier : 0;
        var charge = total - counted;
        if (charge > 0 && await budget.TryReserveAsync(0, CancellationToken.None).ConfigureAwait(false) is { } hold)
        {
            await hold.SettleAsync(charge, CancellationToken.None).ConfigureAwait(false);
            Of(budget)[ledger.RunId] = total;
        }
    }

    /// <summary>Remembers that the budget has counted the run that ended.</summary>
    /// <exception cref="BulkLedgerException">The ledger failed.</exception>
    public static async Task RememberAsync(CCApiBudget budget, LedgerWriter ledger)
    {
        if (budget.IsInMemory)
        {
            Of(budget)[ledger.RunId] = await TotalAsync(budget, ledger).ConfigureAwait(false);
        }
    }

    private static Task<decimal> TotalAsync(CCApiBudget budget, LedgerWriter ledger) =>
        ledger.RunAsync(file => file.TotalCharge(budget.UnknownPriceReservation ?? 0));

    private static ConcurrentDictionary<string, decimal> Of(CCApiBudget budget) => _counted.GetValue(budget, static _ => []);
}
