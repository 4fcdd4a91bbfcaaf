using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <content>What the call costs: the cost of each attempt, its reservations in the budgets, and the book.</content>
internal sealed partial class ApiCall
{
    private readonly CostAccounting _costs;
    private readonly CostScope? _scope;
    private readonly CallBudgets? _budgets;
    private CCApiCost? _cost;
    private CCApiCost? _attemptCost;
    private int _isBooked;
    private bool _isWaitingForPrices;

    /// <summary>What the failed attempts cost; null when none was charged.</summary>
    public CCApiCost? FailedCost { get; private set; }

    /// <summary>What the current attempt has reported about its cost so far; null for nothing.</summary>
    public ICostReport? Reported { get; set; }

    /// <summary>Whether the current attempt is booked by what its response is read into, such as a stream, when that ends.</summary>
    public bool IsBookedLater { get; set; }

    private IPricedRequest? PricedRequest => Request.Choice as IPricedRequest;

    /// <summary>The model of the current attempt; null when the gateway chooses it.</summary>
    private string? CurrentModel => Model ?? Request.Choice?.Model;

    /// <summary>What the call cost with all its attempts, by what its response reports; null when it reports nothing.</summary>
    public CCApiCost CostOf(ICostReport? report)
    {
        if (report is null && Request.IsRead)
        {
            return CCApiCost.Free;
        }

        Reported = report ?? Reported;
        _cost = _costs.CostOf(Reported, PricedRequest, CurrentModel);

        return CCApiCost.Sum(FailedCost, _cost)!;
    }

    /// <summary>
    /// What a stream cost by what has been received of it; null when the attempt that it is from has failed and was not charged.
    /// </summary>
    public CCApiCost? CostOfReceived(ICostReport received)
    {
        if (Volatile.Read(ref _isBooked) != 0)
        {
            return FailedCost;
        }

        return CostOf(received);
    }

    /// <summary>Whether a budget of the call needs prices that can still be retrieved.</summary>
    public bool NeedsPrices =>
        _budgets is not null
        && PricedRequest is not null
        && _costs.Source.CanRetrieve
        && !_budgets.IsExhausted;

    /// <summary>Retrieves the prices that a budget needs, within the total budget of time; they may stay unknown.</summary>
    /// <exception cref="OperationCanceledException">The total budget ran out, or the call was ended.</exception>
    public async ValueTask RetrievePricesAsync()
    {
        Budget.Enter(CCApiTimeoutKind.None, Timeout.InfiniteTimeSpan);
        _isWaitingForPrices = true;
        await _costs.Source.RetrieveAsync(Budget.Token).ConfigureAwait(false);

        _isWaitingForPrices = false;
        Log.Restart(Budget.Elapsed);
        EnterAttempt();
    }

    /// <summary>Reserves the most that the current attempt may cost, in all budgets of the call.</summary>
    /// <exception cref="CCApiBudgetExceededException">It does not fit into one of them.</exception>
    public ValueTask ReserveAsync() => _budgets is null ? default : ReserveAsync(_budgets);

    /// <summary>Books the current attempt, which was a success, with the cost that was computed last.</summary>
    public ValueTask BookAsync()
    {
        if (Request.IsRead || !TryBook())
        {
            return default;
        }

        var cost = _cost ?? _costs.CostOf(Reported, PricedRequest, CurrentModel);
        _costs.Book(EntryOf(cost));

        return _budgets is null ? default : SettleAsync(_budgets, cost, Reported);
    }

    /// <summary>Books the current attempt, which failed.</summary>
    /// <param name="failure">Why; null when it was ended by the caller or by something that is not about the call.</param>
    public ValueTask BookAsync(CallFailure? failure)
    {
        if (Request.IsRead || !TryBook())
        {
            return default;
        }

        var report = failure?.Charge ?? failure?.Partial as ICostReport ?? Reported;
        _attemptCost = CostOf(failure, report);
        if (_attemptCost is not { } cost)
        {
            return _budgets is null ? default : _budgets.SettleAsync(static _ => 0, Budget.TokenOrEnded);
        }

        FailedCost = CCApiCost.Sum(FailedCost, cost);
        _costs.Book(EntryOf(cost));

        return _budgets is null ? default : SettleAsync(_budgets, cost, report);
    }

    /// <summary>Books the current attempt, whose cost is known when what it started has ended.</summary>
    public PendingCharge BookPending()
    {
        TryBook();
        var entry = EntryOf(_cost ?? _costs.CostOf(Reported, PricedRequest, CurrentModel));
        _costs.Book(entry);

        return new PendingCharge(_costs, entry, _budgets?.Take() ?? [], PricedRequest, FailedCost)
        {
            Settled = Telemetry is { } telemetry ? telemetry.Settle : null,
        };
    }

    /// <summary>Once for each attempt: a stream may be disposed of while it is read.</summary>
    private bool TryBook() => Interlocked.Exchange(ref _isBooked, 1) == 0;

    private void BeginCost()
    {
        Volatile.Write(ref _isBooked, 0);
        _cost = _attemptCost = null;
        Reported = null;
        IsBookedLater = false;
    }

    /// <remarks>In a method of its own, because a lambda allocates what it captures also where it is not reached.</remarks>
    private ValueTask SettleAsync(CallBudgets budgets, CCApiCost cost, ICostReport? report)
    {
        var model = CurrentModel;
        return budgets.SettleAsync(currency => AmountIn(currency, cost, report, model), Budget.TokenOrEnded);
    }

    /// <summary>What an attempt cost in a currency; null when that is not known.</summary>
    private decimal? AmountIn(string currency, CCApiCost cost, ICostReport? report, string? model)
    {
        if (cost.Amount is null)
        {
            return null;
        }

        return _costs.AmountIn(currency, cost, report, PricedRequest, model);
    }

    private async ValueTask ReserveAsync(CallBudgets budgets)
    {
        var quote = AtMost();
        await budgets.ReserveAsync(
            Request.ToString(),
            CurrentModel,
            currency => quote.Amount is { } amount ? _costs.Convert(amount, quote.Currency!, currency) : null,
            quote.Reason,
            Budget.Token).ConfigureAwait(false);
    }

    private PriceQuote AtMost() => _costs.AtMost(PricedRequest, Model, Body?.Length ?? 0);

    /// <summary>What a failed attempt cost; null when it was not charged.</summary>
    private CCApiCost? CostOf(CallFailure? failure, ICostReport? report)
    {
        if (report?.Cost is not null)
        {
            return _costs.CostOf(report, PricedRequest, CurrentModel);
        }

        if (!MayBeCharged(failure))
        {
            return null;
        }

        // Without usage, the price of what was requested would be a guess.
        if (report is null)
        {
            return new CCApiCost { Model = CurrentModel };
        }

        return _costs.CostOf(report, PricedRequest, CurrentModel);
    }

    /// <remarks>
    /// A success that cannot be read is not retried whether it was charged or not, so that <see cref="CallFailure"/> does not
    /// specify it; it probably was.
    /// </remarks>
    private bool MayBeCharged(CallFailure? failure)
    {
        if (failure is null)
        {
            return IsSent;
        }

        var isUnreadable = failure.Kind == FailureKind.Protocol && failure.MayHaveBeenSent;

        return failure.MayBeCharged || isUnreadable;
    }

    private CostEntry EntryOf(CCApiCost cost)
    {
        var (atMost, currency) = (0m, cost.Currency);
        if (cost.Amount is null && _budgets?.Held is { Count: > 0 } held)
        {
            (atMost, currency) = (held[0].Amount, held[0].Budget.Currency);
        }

        return new CostEntry(Request.Path, cost.Model, _scope, cost.Amount, currency, atMost);
    }
}
