using System;
using System.Threading;
using System.Threading.Tasks;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// The budgets of a fleet: every process that uses the same scope shares one, and none exceeds it, also while silos die. Thread-safe.
/// </summary>
/// <remarks>
/// Each operation is sent to the grain of the scope, which responds when its state is stored; it is repeated with the same id while
/// the silo of the grain is gone. Operations that wait at the same time share a call and a write. The lifetime of a reservation is
/// <see cref="FleetOptions.ReservationLifetime"/>.
/// </remarks>
public sealed class FleetBudgetStore : IBudgetStore, ISendingBudgetStore
{
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly BudgetCalls _calls;

    /// <summary>Creates a store.</summary>
    /// <param name="grains">The fleet: a silo's or a client's <see cref="IGrainFactory"/>.</param>
    /// <param name="timeProvider">The clock; null for that of the system.</param>
    public FleetBudgetStore(IGrainFactory grains, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(grains);
        _grains = grains;
        _time = timeProvider ?? TimeProvider.System;
        _calls = new BudgetCalls(GrainOf, _time) { MaxOutage = TimeSpan.FromMinutes(1) };
    }

    /// <summary>For how long an operation is repeated while no silo responds.</summary>
    /// <value>0 or more. The default is 1 minute. After it, the operation is a <see cref="FleetException"/>, and nothing is sent.</value>
    public TimeSpan MaxOutage
    {
        get => _calls.MaxOutage;
        init => _calls.MaxOutage = value;
    }

    /// <inheritdoc/>
    public async ValueTask<BudgetDecision> ReserveAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
    {
        return await ReserveAsync(BudgetAction.Reserve, scope, reservationId, amount, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    async ValueTask<BudgetDecision> ISendingBudgetStore.ReserveAndMarkSentAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken)
    {
        return await ReserveAsync(BudgetAction.ReserveAndMarkSent, scope, reservationId, amount, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default)
    {
        var reply = await RunAsync(BudgetAction.MarkSent, scope, reservationId, amount: 0, cancellationToken).ConfigureAwait(false);
        return reply.IsDone;
    }

    /// <inheritdoc/>
    public async ValueTask<BudgetState> SettleAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
    {
        var reply = await RunAsync(BudgetAction.Settle, scope, reservationId, amount, cancellationToken).ConfigureAwait(false);
        return reply.State;
    }

    /// <inheritdoc/>
    public async ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default)
    {
        var grain = GrainOf(scope);
        var reply = await RepeatAsync(grain.GetStateAsync, cancellationToken).ConfigureAwait(false);
        return reply.State;
    }

    internal async Task<BudgetState> SetLimitAsync(string scope, decimal limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var grain = GrainOf(scope);
        var reply = await RepeatAsync(() => grain.SetLimitAsync(limit), cancellationToken).ConfigureAwait(false);
        return reply.State;
    }

    private async Task<BudgetDecision> ReserveAsync(
        BudgetAction action, string scope, string reservationId, decimal amount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var reply = await RunAsync(action, scope, reservationId, amount, cancellationToken).ConfigureAwait(false);
        return new BudgetDecision(reply.IsDone, reply.State);
    }

    private Task<BudgetReply> RunAsync(
        BudgetAction action, string scope, string reservationId, decimal amount, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        ArgumentException.ThrowIfNullOrEmpty(reservationId);
        return _calls.RunAsync(scope, new BudgetOperation(action, reservationId, amount), cancellationToken);
    }

    private IBudgetGrain GrainOf(string scope)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        return _grains.GetGrain<IBudgetGrain>(scope);
    }

    private Task<BudgetReply> RepeatAsync(Func<Task<BudgetReply>> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatAsync(call, MaxOutage, _time, cancellationToken);
}
