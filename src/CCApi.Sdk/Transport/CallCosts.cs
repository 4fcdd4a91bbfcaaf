using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>What one call costs: the cost of each attempt, its reservations in the budgets, and its entries in the accounts.</summary>
internal sealed class CallCosts
{
    private readonly CallPayload _payload;
    private readonly CallClock _clock;
    private readonly CostAccounting _accounting;
    private readonly CostScope? _scope;
    private readonly CallBudgets? _budgets;
    private int _isBooked;

    /// <param name="payload">What the call sends.</param>
    /// <param name="clock">Ends the waits for the stores of budgets.</param>
    /// <param name="client">What the calls of the client share.</param>
    /// <param name="options">What differs for the call.</param>
    public CallCosts(CallPayload payload, CallClock clock, ClientState client, CCApiRequestOptions? options)
    {
        _payload = payload;
        _clock = clock;
        _accounting = client.Costs;
        if (!payload.Request.IsRead)
        {
            _scope = payload.Request.Scope ?? CostScope.Current;
            _budgets = CallBudgets.For(client.Options.Budget, options?.Budget, options?.RunBudget, _scope);
        }
    }

    /// <summary>What the current attempt cost; null before that is known, and when it failed without being charged.</summary>
    public CCApiCost? OfAttempt { get; private set; }

    /// <summary>What the failed attempts cost; null when none was charged.</summary>
    public CCApiCost? FailedCost { get; private set; }

    /// <summary>What the current attempt has reported about its cost so far; null for nothing.</summary>
    public ICostReport? Reported { get; set; }

    /// <summary>
    /// What the error that ended the current attempt after its content reports about the cost, which is later than what was
    /// received before it; null for nothing.
    /// </summary>
    public ICostReport? ReportedByError { get; set; }

    /// <summary>What the headers of the current response report; null for nothing. It counts where the body reports no cost.</summary>
    public HeaderCostReport? OfHeaders { get; set; }

    /// <summary>Whether the current attempt is booked by what its response is read into, such as a stream, when that ends.</summary>
    public bool IsBookedLater { get; set; }

    /// <summary>What the current attempt has reserved: whose budget, and how much in which currency.</summary>
    public IEnumerable<(string BudgetOf, decimal Amount, string Currency)> Reservations => _budgets?.Reservations ?? [];

    private ApiRequest Request => _payload.Request;

    private IPricedRequest? PricedRequest => Request.Choice as IPricedRequest;

    /// <summary>What the call cost with all its attempts.</summary>
    /// <param name="report">What its response reports; null for nothing.</param>
    public CCApiCost Of(ICostReport? report)
    {
        if (report is null && Request.IsRead)
        {
            return CCApiCost.Free;
        }

        Reported = WithHeaders(report ?? Reported);
        OfAttempt = _accounting.CostOf(Reported, PricedRequest, _payload.Model);

        return CCApiCost.Sum(FailedCost, OfAttempt)!;
    }

    /// <summary>The same for a response that has been read.</summary>
    public CCApiCost OfResponse(IApiResponse response) => Of(response as ICostReport);

    /// <summary>
    /// What a stream cost by what has been received of it; null when the attempt that it is from has failed and was not charged.
    /// </summary>
    public CCApiCost? OfReceived(ICostReport received)
    {
        if (Volatile.Read(ref _isBooked) != 0)
        {
            return FailedCost;
        }

        return Of(ReportedByError ?? received);
    }

    /// <summary>Whether a budget of the call needs prices that can still be retrieved.</summary>
    public bool NeedsPrices =>
        _budgets is not null
        && PricedRequest is not null
        && _accounting.Source.CanRetrieve
        && !_budgets.IsExhausted;

    /// <summary>Retrieves the prices that a budget needs; they may stay unknown.</summary>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public Task RetrievePricesAsync(CancellationToken cancellationToken) => _accounting.Source.RetrieveAsync(cancellationToken);

    /// <summary>Reserves what the current attempt costs at most, in all budgets of the call.</summary>
    /// <exception cref="CCApiBudgetExceededException">It does not fit into one of them.</exception>
    public ValueTask ReserveAsync() => _budgets is null ? default : ReserveAsync(_budgets);

    /// <summary>Books the current attempt, which was a success, with the cost that was computed last.</summary>
    public ValueTask BookAsync()
    {
        if (Request.IsRead || !TryBook())
        {
            return default;
        }

        var cost = OfAttempt ?? _accounting.CostOf(Reported, PricedRequest, _payload.Model);
        _accounting.Book(EntryOf(cost));

        return _budgets is null ? default : SettleAsync(_budgets, cost, Reported);
    }

    /// <summary>Books the current attempt, which failed.</summary>
    /// <param name="failure">Why; null when it was ended by the caller or by something that is not about the call.</param>
    /// <param name="isSent">Whether it was handed to the HttpClient.</param>
    public ValueTask BookAsync(CallFailure? failure, bool isSent)
    {
        if (Request.IsRead || !TryBook())
        {
            return default;
        }

        var report = WithHeaders(failure?.Charge ?? failure?.Partial as ICostReport ?? Reported);
        OfAttempt = OfFailed(failure, report, isSent);
        if (OfAttempt is not { } cost)
        {
            return _budgets is null ? default : _budgets.SettleAsync(static _ => 0, _clock.TokenOrEnded);
        }

        FailedCost = CCApiCost.Sum(FailedCost, cost);
        _accounting.Book(EntryOf(cost));

        return _budgets is null ? default : SettleAsync(_budgets, cost, report);
    }

    /// <summary>Books the current attempt, whose success was dropped: it is a part of what the call cost.</summary>
    /// <param name="failure">What it was replaced with; null for another attempt, and for what is not about the call.</param>
    /// <param name="isSent">Whether it was handed to the HttpClient.</param>
    public ValueTask DropAsync(CallFailure? failure, bool isSent)
    {
        if (Volatile.Read(ref _isBooked) == 0)
        {
            return BookAsync(failure, isSent);
        }

        FailedCost = CCApiCost.Sum(FailedCost, OfAttempt);

        return default;
    }

    /// <summary>Books the current attempt, whose cost is known when what it started has ended.</summary>
    /// <param name="settled">Called with what it cost; null for nobody.</param>
    public PendingCharge BookPending(Action<CCApiCost>? settled)
    {
        TryBook();
        var entry = EntryOf(OfAttempt ?? _accounting.CostOf(Reported, PricedRequest, _payload.Model));
        _accounting.Book(entry);

        return new PendingCharge(_accounting, entry, _budgets?.Take() ?? [], PricedRequest, FailedCost)
        {
            Start = Reported,
            Settled = settled,
        };
    }

    /// <summary>Once for each attempt: a stream may be disposed of while it is read.</summary>
    private bool TryBook() => Interlocked.Exchange(ref _isBooked, 1) == 0;

    /// <summary>Starts the next attempt.</summary>
    public void BeginAttempt()
    {
        Volatile.Write(ref _isBooked, 0);
        OfAttempt = null;
        Reported = null;
        ReportedByError = null;
        OfHeaders = null;
        IsBookedLater = false;
    }

    /// <remarks>In a method of its own, because a lambda allocates what it captures also where it is not reached.</remarks>
    private ValueTask SettleAsync(CallBudgets budgets, CCApiCost cost, ICostReport? report)
    {
        var model = _payload.Model;
        return budgets.SettleAsync(currency => AmountIn(currency, cost, report, model), _clock.TokenOrEnded);
    }

    /// <summary>What an attempt cost in a currency; null when that is not known.</summary>
    private decimal? AmountIn(string currency, CCApiCost cost, ICostReport? report, string? model)
    {
        if (cost.Amount is null)
        {
            return null;
        }

        return _accounting.AmountIn(currency, cost, report, PricedRequest, model);
    }

    /// <summary>What a response reports, with the cost of the headers where the body has none; null for nothing.</summary>
    private ICostReport? WithHeaders(ICostReport? report)
    {
        if (OfHeaders?.Cost is not { } cost || report?.Cost is not null)
        {
            return report;
        }

        return new HeaderCostReport(cost, report);
    }

    private async ValueTask ReserveAsync(CallBudgets budgets)
    {
        var quote = AtMost();
        await budgets.ReserveAsync(
            Request.ToString(),
            _payload.Model,
            currency => quote.Amount is { } amount ? _accounting.Convert(amount, quote.Currency!, currency) : null,
            quote.Reason,
            _clock.Token).ConfigureAwait(false);
    }

    private PriceQuote AtMost() => _accounting.Bounds.AtMost(PricedRequest, _payload.RouteModel, _payload.Length);

    /// <summary>What a failed attempt cost; null when it was not charged.</summary>
    private CCApiCost? OfFailed(CallFailure? failure, ICostReport? report, bool isSent)
    {
        if (report?.Cost is not null)
        {
            return _accounting.CostOf(report, PricedRequest, _payload.Model);
        }

        var isProbablyCharged = failure?.IsProbablyCharged ?? isSent;
        if (!isProbablyCharged)
        {
            return null;
        }

        // Without usage, the price of what was requested would be a guess.
        if (report is null)
        {
            return new CCApiCost { Model = _payload.Model };
        }

        return _accounting.CostOf(report, PricedRequest, _payload.Model);
    }

    private CostEntry EntryOf(CCApiCost cost)
    {
        var (atMost, currency) = (0m, cost.Currency);
        if (cost.Amount is null && _budgets?.AtMost is { } reserved)
        {
            (atMost, currency) = reserved;
        }

        return new CostEntry(Request.Path, cost.Model, _scope, cost.Amount, currency, atMost);
    }
}
