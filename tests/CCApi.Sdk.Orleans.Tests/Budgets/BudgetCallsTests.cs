using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Orleans.Tests.Budgets;

public class BudgetCallsTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new();
    private readonly FakeGrain _grain = new();
    private readonly BudgetCalls _calls;

    public BudgetCallsTests() => _calls = new BudgetCalls(_ => _grain, _clock) { MaxOutage = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task RunAsync_WhileACallIsUnderWay_SharesTheNextOne()
    {
        var first = RunAsync("first");
        var call = await _grain.NextAsync();
        var others = Enumerable.Range(0, 300).Select(i => RunAsync(i.ToString(CultureInfo.InvariantCulture))).ToList();

        call.Respond();
        var second = await _grain.NextAsync();
        second.Respond();
        var third = await _grain.NextAsync();
        third.Respond();
        await Task.WhenAll([first, .. others]).WaitAsync(_patience);

        Assert.Equal([1, BudgetCalls.LargestBatch, 300 - BudgetCalls.LargestBatch], new[] { call, second, third }.Select(each => each.Ids.Count));
    }

    [Fact]
    public async Task RunAsync_OfACallThatTakesLong_IsSentBesideIt()
    {
        var first = RunAsync("first");
        var stalled = await _grain.NextAsync();
        var second = RunAsync("second");

        await AdvanceUntilAsync(_grain.NextAsync(), TimeSpan.FromMilliseconds(50));
        _grain.Last.Respond();

        await second.WaitAsync(_patience);
        Assert.False(first.IsCompleted);
        stalled.Respond();
        await first.WaitAsync(_patience);
    }

    [Fact]
    public async Task RunAsync_DuringAnOutage_IsRepeatedUntilItIsTooLong()
    {
        var run = RunAsync("a");
        var start = _clock.GetTimestamp();

        while (!run.IsCompleted)
        {
            var next = _grain.NextAsync();
            await AdvanceUntilAsync(Task.WhenAny(next, run), TimeSpan.FromMilliseconds(100));
            if (next.IsCompleted)
            {
                _grain.Last.Fail(new TimeoutException("no silo"));
                await Task.WhenAny(run, Task.Delay(1, TestContext.Current.CancellationToken));
            }
        }

        var exception = await Assert.ThrowsAsync<FleetException>(() => run);
        Assert.Equal(FleetError.Unavailable, exception.Error);
        Assert.InRange(_clock.GetElapsedTime(start), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.1));
    }

    [Fact]
    public async Task RunAsync_Canceled_IsNotSent()
    {
        using var cancellation = new CancellationTokenSource();
        var first = RunAsync("first");
        var call = await _grain.NextAsync();
        var canceled = _calls.RunAsync("scope", new BudgetOperation(BudgetAction.Reserve, "canceled", 1), cancellation.Token);
        var last = RunAsync("last");

        await cancellation.CancelAsync();
        call.Respond();
        var next = await _grain.NextAsync();
        next.Respond();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        await Task.WhenAll(first, last).WaitAsync(_patience);
        Assert.Equal(["last"], next.Ids);
    }

    [Fact]
    public async Task RunAsync_OfAnotherFailure_ThrowsItToAll()
    {
        var run = RunAsync("a");
        var call = await _grain.NextAsync();

        call.Fail(new InvalidOperationException("broken"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => run.WaitAsync(_patience));
    }

    private Task<BudgetReply> RunAsync(string id) =>
        _calls.RunAsync("scope", new BudgetOperation(BudgetAction.Reserve, id, 1), TestContext.Current.CancellationToken);

    private async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        var patience = Task.Delay(_patience, TestContext.Current.CancellationToken);
        while (!task.IsCompleted)
        {
            Assert.False(patience.IsCompleted);
            _clock.Advance(step);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A budget whose calls a test ends.</summary>
    private sealed class FakeGrain : IBudgetGrain
    {
        private readonly SemaphoreSlim _arrived = new(0);
        private readonly List<Call> _all = [];
        private int _taken;

        public Call Last { get; private set; } = null!;

        public async Task<Call> NextAsync()
        {
            Assert.True(await _arrived.WaitAsync(_patience));
            lock (_all)
            {
                return Last = _all[_taken++];
            }
        }

        public Task<BudgetReply[]> RunAsync(BudgetOperation[] operations)
        {
            var call = new Call(operations);
            lock (_all)
            {
                _all.Add(call);
            }

            _arrived.Release();
            return call.Task;
        }

        public Task<BudgetReply> SetLimitAsync(decimal limit) => throw new NotSupportedException();

        public Task<BudgetReply> GetStateAsync() => throw new NotSupportedException();
    }

    private sealed class Call(BudgetOperation[] operations)
    {
        private readonly TaskCompletionSource<BudgetReply[]> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<BudgetReply[]> Task => _source.Task;

        public IReadOnlyList<string> Ids { get; } = [.. operations.Select(operation => operation.ReservationId)];

        public void Respond() => _source.SetResult(Array.ConvertAll(operations, _ => new BudgetReply(IsDone: true, 10, 0, 1)));

        public void Fail(Exception exception) => _source.SetException(exception);
    }
}
