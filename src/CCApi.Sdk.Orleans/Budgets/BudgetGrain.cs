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

    public async Task<BudgetReply[]> RunAsync(BudgetOperation[] operations)
    {
        ThrowIfFailed();
        var done = Array.ConvertAll(operations, operation => _account.Run(operation, Now));
        if (Array.IndexOf(done, true) >= 0)
        {
            await _commit.CommitAsync().ConfigureAwait(true);
        }

        // Without any, nothing has changed, or what has is stored with the next operation.
        var state = _account.StateAt(Now);
        return Array.ConvertAll(done, isDone => BudgetReply.Of(isDone, state));
    }

    public async Task<BudgetReply> SetLimitAsync(decimal limit)
    {
        ThrowIfFailed();
        _account.SetLimit(limit);
        await _commit.CommitAsync().ConfigureAwait(true);
        return BudgetReply.Of(isDone: true, _account.StateAt(Now));
    }

    public Task<BudgetReply> GetStateAsync() => Task.FromResult(BudgetReply.Of(isDone: true, _account.StateAt(Now)));

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
