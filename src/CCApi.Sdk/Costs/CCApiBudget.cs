using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// A limit on what calls may cost. Each call reserves what it costs at most before it is sent, and settles it afterwards, so
/// that calls at the same time cannot exceed the limit together. Thread-safe; share one object among everything that shares the
/// money.
/// </summary>
/// <remarks>
/// A call that does not fit is a <see cref="CCApiBudgetExceededException"/> before anything is sent. What it reserves is computed
/// from the price of the model in the catalog and from the request: the bytes of its body for prompt tokens, its maximum of
/// completion tokens (set one, or the longest output of the model counts), its characters or images. The first call that needs a
/// price retrieves the catalog. A failed call that may have been charged keeps its whole reservation as spent. Set it in
/// <see cref="CCApiClientOptions.Budget"/>, <see cref="CCApiRequestOptions.Budget"/>, <see cref="ChatRunOptions.Budget"/> or with
/// <see cref="CostScope"/>; a call must fit into each of them.
/// </remarks>
/// <example><code>
/// var budget = new CCApiBudget(5.00m);
/// using var client = new CCApiClient(new CCApiClientOptions { ApiKey = key, Budget = budget });
/// Console.WriteLine($"{budget.Spent} spent, {budget.Remaining} left");
/// </code></example>
public sealed class CCApiBudget
{
    private const string OwnScope = "budget";

    private static readonly TimeSpan _longestSettlement = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _shortestWait = TimeSpan.FromSeconds(0.2);

    private readonly IBudgetStore _store;
    private readonly InMemoryBudgetStore? _memory;
    private readonly object _gate = new();
    private readonly string _currency = Currencies.Usd;
    private readonly decimal? _unknownPriceReservation;
    private BudgetState _last;
    private bool _isKnown;

    /// <summary>Creates a budget of this process.</summary>
    /// <param name="limit">The most that may be spent, 0 or more; 0 permits no call that may cost something.</param>
    /// <param name="currency">The unit of the limit: <c>USD</c> or <c>credits</c>.</param>
    /// <exception cref="ArgumentException">The limit is negative, or the currency is empty.</exception>
    public CCApiBudget(decimal limit, string currency = Currencies.Usd)
    {
        _memory = new InMemoryBudgetStore();
        _memory.SetLimit(OwnScope, limit);
        _store = _memory;
        Require.Text(currency, nameof(currency));
        Currency = currency;
        Scope = OwnScope;
    }

    /// <summary>Creates a budget that a store keeps, such as one that several processes share.</summary>
    /// <param name="store">The store, which knows the limit.</param>
    /// <param name="scope">The name of the budget in the store, such as a tenant.</param>
    /// <exception cref="ArgumentException">The scope is empty.</exception>
    public CCApiBudget(IBudgetStore store, string scope)
    {
        _store = Require.NotNull(store, nameof(store));
        _memory = store as InMemoryBudgetStore;
        Scope = Require.Text(scope, nameof(scope));
    }

    /// <summary>The unit of all amounts: <c>USD</c> or <c>credits</c>.</summary>
    /// <value>The default is <c>USD</c>.</value>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string Currency
    {
        get => _currency;
        init
        {
            var text = Require.Text(value, nameof(value));
            _currency = Currencies.Stated(text) ?? text;
        }
    }

    /// <summary>The name of the budget in its store.</summary>
    public string Scope { get; }

    /// <summary>
    /// What a call reserves when what it costs at most is not known, because its model or its kind has no known price.
    /// </summary>
    /// <value>
    /// 0 or more. The default is null: such a call is a <see cref="CCApiBudgetExceededException"/>, because it could cost more
    /// than is left. An amount that is below what a call costs makes the limit a soft one.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public decimal? UnknownPriceReservation
    {
        get => _unknownPriceReservation;
        init
        {
            if (value < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "It must be 0 or more.");
            }

            _unknownPriceReservation = value;
        }
    }

    /// <summary>
    /// What was spent, with the full reservation of each call that may have been charged an unknown amount. For a store that is
    /// not in memory: as its last operation returned it.
    /// </summary>
    public decimal Spent => State.Spent;

    /// <summary>What calls under way may still spend. For a store that is not in memory: as its last operation returned it.</summary>
    public decimal Reserved => State.Reserved;

    /// <summary>What further calls may reserve. For a store that is not in memory: as its last operation returned it.</summary>
    public decimal Remaining => State.Remaining;

    /// <summary>The limit. For a store that is not in memory: as its last operation returned it.</summary>
    public decimal Limit => State.Limit;

    /// <summary>All amounts at one moment.</summary>
    public BudgetState State
    {
        get
        {
            if (_memory is not null)
            {
                return _memory.GetState(Scope);
            }

            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>Retrieves the state from the store.</summary>
    /// <param name="cancellationToken">Cancels the retrieval.</param>
    public async ValueTask<BudgetState> RefreshAsync(CancellationToken cancellationToken = default) =>
        Keep(await _store.GetStateAsync(Scope, cancellationToken).ConfigureAwait(false));

    /// <summary>Returns the state in one line.</summary>
    public override string ToString() => $"{State} {Currency}";

    /// <summary>Whether what it has spent is forgotten with this process.</summary>
    internal bool IsInMemory => _memory is not null;

    /// <summary>Whether its state is known: that of another process is not before the first operation of its store.</summary>
    internal bool IsKnown => _memory is not null || Volatile.Read(ref _isKnown);

    /// <summary>Whether nothing is left, as far as that is known.</summary>
    internal bool IsExhausted => IsKnown && State.Remaining <= 0;

    /// <summary>Reserves an amount; null when it does not fit.</summary>
    internal ValueTask<BudgetHold?> TryReserveAsync(decimal amount, CancellationToken cancellationToken) =>
        TryReserveAsync(amount, leavesAtOnce: false, cancellationToken);

    /// <summary>Reserves an amount; null when it does not fit.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="leavesAtOnce">Whether the request leaves next: a store that can marks the reservation as sent in the same step.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    internal async ValueTask<BudgetHold?> TryReserveAsync(decimal amount, bool leavesAtOnce, CancellationToken cancellationToken)
    {
        var sending = leavesAtOnce ? _store as ISendingBudgetStore : null;
        var hold = new BudgetHold(this, RandomSource.NewId(), amount) { IsMarkedSent = sending is not null };
        try
        {
            var reserving = _memory?.ReserveAsync(Scope, hold.Id, amount, cancellationToken)
                ?? ReserveInStoreAsync(sending, hold.Id, amount, cancellationToken);
            var decision = await reserving.ConfigureAwait(false);
            Keep(decision.State);
            if (decision.IsReserved)
            {
                return hold;
            }

            return null;
        }
        catch
        {
            // The store may have reserved before it failed.
            await hold.SettleAsync(0, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    internal ValueTask<bool> MarkSentAsync(string id, CancellationToken cancellationToken) =>
        _memory?.MarkSentAsync(Scope, id, cancellationToken) ?? MarkSentInStoreAsync(id, cancellationToken);

    /// <summary>Settles a reservation. A store that takes longer than a moment goes on alone: what was charged has its result.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="amount">What was charged.</param>
    /// <param name="cancellationToken">Ends the wait, not the settlement.</param>
    /// <exception cref="OperationCanceledException">The store is still at it.</exception>
    internal async ValueTask SettleAsync(string id, decimal amount, CancellationToken cancellationToken)
    {
        var settling = _memory?.SettleAsync(Scope, id, amount, CancellationToken.None)
            ?? SettleInStoreAsync(id, amount, cancellationToken);
        Keep(await settling.ConfigureAwait(false));
    }

    /// <remarks>What the store reserves when the call does not wait any more is settled with 0.</remarks>
    private ValueTask<BudgetDecision> ReserveInStoreAsync(
        ISendingBudgetStore? sending, string id, decimal amount, CancellationToken cancellationToken) => WaitAsync(
        Run(() => sending?.ReserveAndMarkSentAsync(Scope, id, amount, cancellationToken)
            ?? _store.ReserveAsync(Scope, id, amount, cancellationToken), cancellationToken),
        Timeout.InfiniteTimeSpan,
        late => Release(id, late),
        cancellationToken);

    private ValueTask<bool> MarkSentInStoreAsync(string id, CancellationToken cancellationToken) => WaitAsync(
        Run(() => _store.MarkSentAsync(Scope, id, cancellationToken), cancellationToken),
        Timeout.InfiniteTimeSpan,
        late: null,
        cancellationToken);

    private ValueTask<BudgetState> SettleInStoreAsync(string id, decimal amount, CancellationToken cancellationToken) => WaitAsync(
        Run(() => _store.SettleAsync(Scope, id, amount, CancellationToken.None), cancellationToken),
        _longestSettlement,
        late => Keep(late),
        cancellationToken);

    /// <summary>Waits for a store, and after a cancellation for a moment only: until then it may end by itself.</summary>
    private static async ValueTask<T> WaitAsync<T>(
        Task<T> running, TimeSpan longest, Action<T>? late, CancellationToken cancellationToken)
    {
        if (running.IsCompleted)
        {
            return await running.ConfigureAwait(false);
        }

        using var wait = new CancellationTokenSource(longest);
        using var ending = cancellationToken.Register(() => wait.CancelAfter(_shortestWait));

        return await running.OrCanceled(wait.Token, late).ConfigureAwait(false);
    }

    /// <summary>Runs an operation of the store, which may block its thread or ignore its token.</summary>
    /// <remarks>An error of its connection is not one of the call's: the gateway has nothing to do with it.</remarks>
    private Task<T> Run<T>(Func<ValueTask<T>> operation, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            try
            {
                return await operation().ConfigureAwait(false);
            }
            catch (Exception exception) when (IsOfConnection(exception) && !cancellationToken.IsCancellationRequested)
            {
                throw new CCApiException(
                    $"The store of the budget '{Scope}' failed with {exception.GetType().Name}: {exception.Message.TrimEnd('.')}. "
                    + "Nothing was sent; check the store.",
                    exception);
            }
        },
        CancellationToken.None);

    private static bool IsOfConnection(Exception exception) =>
        exception is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException;

    private void Release(string id, BudgetDecision late)
    {
        if (late.IsReserved)
        {
            _ = new BudgetHold(this, id, amount: 0).SettleAsync(charged: 0, CancellationToken.None).AsTask();
        }
    }

    private BudgetState Keep(BudgetState state)
    {
        lock (_gate)
        {
            _last = state;
            _isKnown = true;
        }

        return state;
    }
}
