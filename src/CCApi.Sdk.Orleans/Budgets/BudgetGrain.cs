using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Concurrency;

namespace CCApi.Sdk.Orleans;

/// <summary>Runs a <see cref="BudgetAccount"/> and stores it: one write for all operations that wait, and no response before it.</summary>
[Reentrant]
internal sealed class BudgetGrain : Grain, IBudgetGrain
{
    private const string StateName = "budget";

    private readonly FleetOptions _options;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly GrainStore _store;
    private readonly GroupCommit _commit;
    private StoredState<BudgetRecord> _stored = null!;
    private BudgetAccount _account = null!;
    private Exception? _failure;

    public BudgetGrain(IOptions<FleetOptions> options, TimeProvider time, GrainStores stores)
    {
        _options = options.Value;
        _time = time;
        _start = time.GetTimestamp();
        _store = stores.Of(this);
        _commit = new GroupCommit(WriteAsync);
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stored = await _store.ReadAsync<BudgetRecord>(StateName).ConfigureAwait(true);
        _account = new BudgetAccount(_stored.Value, _options.BudgetLimit ?? 0, _options.ReservationLifetime, Now);
    }

    public Task<BudgetReply> ReserveAsync(string id, decimal amount) => RunAsync(() => _account.Reserve(id, amount, Now));

    public Task<BudgetReply> MarkSentAsync(string id) => RunAsync(() => _account.MarkSent(id, Now));

    public Task<BudgetReply> SettleAsync(string id, decimal amount) => RunAsync(() =>
    {
        _account.Settle(id, amount, Now);
        return true;
    });

    public Task<BudgetReply> SetLimitAsync(decimal limit) => RunAsync(() =>
    {
        _account.SetLimit(limit);
        return true;
    });

    public Task<BudgetReply> GetStateAsync() => Task.FromResult(BudgetReply.Of(isDone: true, _account.StateAt(Now)));

    private async Task<BudgetReply> RunAsync(Func<bool> operation)
    {
        ThrowIfFailed();
        if (!operation())
        {
            // Nothing has changed, or what has is stored with the next operation.
            return BudgetReply.Of(isDone: false, _account.StateAt(Now));
        }

        await _commit.CommitAsync().ConfigureAwait(true);
        return BudgetReply.Of(isDone: true, _account.StateAt(Now));
    }

    private async Task WriteAsync()
    {
        ThrowIfFailed();
        try
        {
            _stored.Value = _account.ToRecord(Now);
            await _store.WriteAsync(StateName, _stored).ConfigureAwait(true);
        }
#pragma warning disable CA1031 // It is thrown again, as what callers repeat after.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Memory is ahead of the storage: the next activation begins with what is stored.
            _failure = exception;
            DeactivateOnIdle();
            ThrowIfFailed();
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw FleetException.Of(FleetError.Unavailable, GrainStore.Describe(_failure));
        }
    }
}
