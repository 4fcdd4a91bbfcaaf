using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.WireMockTests.IgnoredTokens;

/// <summary>A store of budgets in memory that waits before it reserves or marks, whatever its token.</summary>
internal sealed class StallingStore : IBudgetStore
{
    public const string Scope = "scope";

    private readonly InMemoryBudgetStore _inner = new();
    private readonly Stall _stall;
    private readonly Seam _seam;
    private readonly object _gate = new();
    private readonly List<(decimal Amount, TaskCompletionSource Reached)> _waiting = [];

    public StallingStore(Stall stall, Seam seam)
    {
        (_stall, _seam) = (stall, seam);
        _inner.SetLimit(Scope, 100);
    }

    public BudgetState State => _inner.GetState(Scope);

    public ValueTask<BudgetDecision> ReserveAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) =>
        PassAsync(Seam.Reserve, () => _inner.ReserveAsync(scope, reservationId, amount, CancellationToken.None));

    public ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default) =>
        PassAsync(Seam.MarkSent, () => _inner.MarkSentAsync(scope, reservationId, CancellationToken.None));

    public async ValueTask<BudgetState> SettleAsync(
        string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
    {
        var state = await _inner.SettleAsync(scope, reservationId, amount, CancellationToken.None);
        lock (_gate)
        {
            foreach (var (_, reached) in _waiting.FindAll(waiter => waiter.Amount == state.Reserved))
            {
                reached.TrySetResult();
            }
        }

        return state;
    }

    public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) =>
        _inner.GetStateAsync(scope, cancellationToken);

    /// <summary>Waits until that much is reserved.</summary>
    public Task Reserved(decimal amount)
    {
        lock (_gate)
        {
            if (State.Reserved == amount)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((amount, reached));

            return Patience.Wait(reached.Task);
        }
    }

    private ValueTask<T> PassAsync<T>(Seam place, Func<ValueTask<T>> operation)
    {
        if (place != _seam)
        {
            return operation();
        }

        return new ValueTask<T>(_stall.RunAsync(() => operation().AsTask()));
    }
}
