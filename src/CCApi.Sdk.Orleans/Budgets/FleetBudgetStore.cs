using System;
using System.Threading;
using System.Threading.Tasks;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// The budgets of a fleet: every process that uses the same scope shares one, and none exceeds it, also while silos die. Thread-safe.
/// </summary>
/// <remarks>
/// Each operation is a call of the grain of the scope, which responds when its state is stored; it is repeated with the same id while
/// the silo of the grain is gone. The lifetime of a reservation is <see cref="FleetOptions.ReservationLifetime"/>.
/// </remarks>
public sealed class FleetBudgetStore : IBudgetStore
{
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;

    /// <summary>Creates a store.</summary>
    /// <param name="grains">The fleet: a silo's or a client's <see cref="IGrainFactory"/>.</param>
    /// <param name="timeProvider">The clock; null for that of the system.</param>
    public FleetBudgetStore(IGrainFactory grains, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(grains);
        _grains = grains;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>For how long an operation is repeated while no silo responds.</summary>
    /// <value>0 or more. The default is 1 minute. After it, the operation is a <see cref="FleetException"/>, and nothing is sent.</value>
    public TimeSpan MaxOutage { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async ValueTask<BudgetDecision> ReserveAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(reservationId);
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var grain = GrainOf(scope);
        var reply = await RepeatAsync(() => grain.ReserveAsync(reservationId, amount), cancellationToken).ConfigureAwait(false);
        return new BudgetDecision(reply.IsDone, reply.State);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(reservationId);
        var grain = GrainOf(scope);
        var reply = await RepeatAsync(() => grain.MarkSentAsync(reservationId), cancellationToken).ConfigureAwait(false);
        return reply.IsDone;
    }

    /// <inheritdoc/>
    public async ValueTask<BudgetState> SettleAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(reservationId);
        var grain = GrainOf(scope);
        var reply = await RepeatAsync(() => grain.SettleAsync(reservationId, amount), cancellationToken).ConfigureAwait(false);
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

    private IBudgetGrain GrainOf(string scope)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        return _grains.GetGrain<IBudgetGrain>(scope);
    }

    private Task<BudgetReply> RepeatAsync(Func<Task<BudgetReply>> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatAsync(call, MaxOutage, _time, cancellationToken);
}
