using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>The budgets that one call must fit into, and what its current attempt has reserved in them.</summary>
internal sealed class CallBudgets
{
    private readonly List<(string Of, CCApiBudget Budget)> _budgets = [];
    private BudgetHold[] _held = [];

    private CallBudgets()
    {
    }

    /// <summary>What the current attempt has reserved in the first budget, with its currency; null between attempts.</summary>
    public (decimal Amount, string Currency)? AtMost => _held.Length == 0 ? null : (_held[0].Amount, _held[0].Budget.Currency);

    /// <summary>What the current attempt has reserved: whose budget, and how much in which currency.</summary>
    public IEnumerable<(string BudgetOf, decimal Amount, string Currency)> Reservations =>
        _held.Select((hold, i) => (_budgets[i].Of, hold.Amount, hold.Budget.Currency));

    /// <summary>One budget.</summary>
    /// <param name="of">Whose it is, for messages.</param>
    /// <param name="budget">The budget.</param>
    public static CallBudgets Of(string of, CCApiBudget budget)
    {
        var budgets = new CallBudgets();
        budgets._budgets.Add((of, budget));

        return budgets;
    }

    /// <summary>The budgets of a call; null for none. The same budget counts once.</summary>
    public static CallBudgets? For(CCApiBudget? client, CCApiBudget? call, CCApiBudget? run, CostScope? scope)
    {
        CallBudgets? budgets = null;
        Add(ref budgets, "call", call);
        Add(ref budgets, "run", run);

        for (; scope is not null; scope = scope.Parent)
        {
            Add(ref budgets, $"scope {scope.Path}", scope.Budget);
        }

        Add(ref budgets, "client", client);

        return budgets;
    }

    /// <summary>Whether any budget has nothing left, so that no price is needed to decide.</summary>
    public bool IsExhausted => _budgets.Exists(entry => entry.Budget.IsExhausted);

    /// <summary>The state of each budget, for people.</summary>
    public IEnumerable<string> Describe()
    {
        foreach (var (of, budget) in _budgets)
        {
            yield return budget.IsKnown ? $"{of}: {budget}" : $"{of}: not known yet";
        }
    }

    /// <summary>Why a call does not fit now; null when it does. Reserves nothing.</summary>
    public CCApiBudgetExceededException? Obstacle(string request, string? model, Func<string, decimal?> atMost, string? reason)
    {
        foreach (var (of, budget) in _budgets)
        {
            var amount = atMost(budget.Currency) ?? budget.UnknownPriceReservation;
            var isTooMuch = budget.IsKnown && amount > budget.State.Remaining;
            if (amount is null || isTooMuch)
            {
                return Exceeded(of, budget, request, model, amount, reason);
            }
        }

        return null;
    }

    /// <summary>Reserves what an attempt costs at most in every budget, or in none.</summary>
    /// <param name="request">The name of the request.</param>
    /// <param name="model">The model.</param>
    /// <param name="atMost">What the attempt costs at most, in a currency; null when that is not known.</param>
    /// <param name="reason">Why it is not known.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CCApiBudgetExceededException">It does not fit.</exception>
    public async ValueTask ReserveAsync(
        string request, string? model, Func<string, decimal?> atMost, string? reason, CancellationToken cancellationToken)
    {
        var held = new List<BudgetHold>(_budgets.Count);
        try
        {
            foreach (var (of, budget) in _budgets)
            {
                var amount = atMost(budget.Currency) ?? budget.UnknownPriceReservation;
                var isLast = held.Count == _budgets.Count - 1;
                var hold = amount is { } known
                    ? await budget.TryReserveAsync(known, leavesAtOnce: isLast, cancellationToken).ConfigureAwait(false)
                    : null;
                held.Add(hold ?? throw Exceeded(of, budget, request, model, amount, reason));
            }

            for (var i = 0; i < held.Count; i++)
            {
                if (!await held[i].MarkSentAsync(cancellationToken).ConfigureAwait(false))
                {
                    // It expired at once, as by a lifetime of no time: the call may not be sent without it.
                    throw Exceeded(_budgets[i].Of, held[i].Budget, request, model, held[i].Amount, reason);
                }
            }
        }
        catch
        {
            await SettleAsync([.. held], _ => 0, cancellationToken).ConfigureAwait(false);
            throw;
        }

        _held = [.. held];
    }

    /// <summary>Ends the reservations of the attempt.</summary>
    /// <param name="charged">What was charged in a currency: 0 for nothing, null when that is not known, which keeps all of it.</param>
    /// <param name="cancellationToken">Ends the wait for stores that take long.</param>
    public ValueTask SettleAsync(Func<string, decimal?> charged, CancellationToken cancellationToken) =>
        SettleAsync(Take(), charged, cancellationToken);

    /// <summary>Takes over the reservations of the attempt, for a charge that outlives the call.</summary>
    public BudgetHold[] Take()
    {
        var held = _held;
        _held = [];

        return held;
    }

    public static async ValueTask SettleAsync(
        BudgetHold[] held, Func<string, decimal?> charged, CancellationToken cancellationToken)
    {
        foreach (var hold in held)
        {
            await hold.SettleAsync(charged(hold.Budget.Currency) ?? hold.Amount, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Add(ref CallBudgets? budgets, string of, CCApiBudget? budget)
    {
        if (budget is null)
        {
            return;
        }

        budgets ??= new CallBudgets();
        if (!budgets.Contains(budget))
        {
            budgets._budgets.Add((of, budget));
        }
    }

    private bool Contains(CCApiBudget budget) => _budgets.Exists(entry => ReferenceEquals(entry.Budget, budget));

    /// <summary>The exception of a call that does not fit.</summary>
    private static CCApiBudgetExceededException Exceeded(
        string of, CCApiBudget budget, string request, string? model, decimal? amount, string? reason)
    {
        var state = budget.State;
        var message = Message(of, budget, state, request, amount, reason);

        return new CCApiBudgetExceededException(message)
        {
            Requested = amount,
            Spent = state.Spent,
            Reserved = state.Reserved,
            Limit = state.Limit,
            Currency = budget.Currency,
            BudgetOf = of,
            BudgetScope = budget.Scope,
            Model = model,
        };
    }

    private static string Message(
        string of, CCApiBudget budget, BudgetState state, string request, decimal? amount, string? reason)
    {
        if (amount is { } known)
        {
            return FormattableString.Invariant($"{request} was not sent: it must reserve {known} {budget.Currency} ")
                + FormattableString.Invariant($"for its maximum cost, and the budget of the {of} has {state.Remaining} left ({state}). ")
                + "Raise the limit of the budget, request less (such as a lower MaxTokens), or wait for the calls under way.";
        }

        var isExhausted = budget.IsKnown && state.Remaining <= 0;
        if (isExhausted)
        {
            return $"{request} was not sent: the budget of the {of} has nothing left ({state}). "
                + "Raise its limit, or wait for the calls under way.";
        }

        var problem = reason
            ?? "its price is in another currency, and only credits and USD are converted (set CCApiClientOptions.CreditValue)";

        return $"{request} was not sent: the budget of the {of} needs its maximum cost, which is not known: {problem}. "
            + "Use a model with a known price, or set CCApiBudget.UnknownPriceReservation to the amount that such a call reserves.";
    }
}
