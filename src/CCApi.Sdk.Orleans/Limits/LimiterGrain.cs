using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// Runs a <see cref="LimiterPolicy"/>: polls wait in it, a timer grants. It stores that it may have granted, and nothing else.
/// </summary>
/// <remarks>
/// Continuations stay on the scheduler of the grain, here and in every other grain: its state has no other lock.
/// </remarks>
[Reentrant]
internal sealed class LimiterGrain(IOptions<FleetOptions> options, TimeProvider time, GrainStores stores) : Grain, ILimiterGrain
{
    private const string StateName = "limiter";

    /// <summary>How long a poll waits: less than a call may take.</summary>
    public static readonly TimeSpan PollTime = TimeSpan.FromSeconds(2);

    private readonly FleetOptions _options = options.Value;
    private readonly Dictionary<string, TaskCompletionSource> _polls = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();
    private LimiterPolicy _policy = null!;
    private IGrainTimer _timer = null!;
    private TimeSpan _lastTick;

    private TimeSpan Now => time.GetElapsedTime(_start);

    // As often as holders renew.
    private TimeSpan TickTime => _options.LeaseTime / 5;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var name = this.GetPrimaryKeyString();
        var isFirst = await BeginAsync().ConfigureAwait(true);
        _policy = new LimiterPolicy(_options.LimitsOf(name), _options.LeaseTime, Now, isFirst);
        _lastTick = Now;
        _timer = this.RegisterGrainTimer(GrantAsync, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // Without it, an idle limiter would be deactivated, and its next caller would wait for one lease time-out.
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(TickTime, TickTime) { KeepAlive = true, Interleave = true });
    }

    public async Task<LimiterReply> AcquireAsync(string id)
    {
        CheckTicks();
        if (!_policy.Acquire(id, Now))
        {
            var poll = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _polls[id] = poll;
            Grant();
            if (!await IsGrantedAsync(id, poll).ConfigureAwait(true))
            {
                return new LimiterReply(IsGranted: false, _options.LeaseTime);
            }
        }

        return new LimiterReply(IsGranted: true, _options.LeaseTime);
    }

    public Task UpdateAsync(List<string> renewed, List<string> released)
    {
        CheckTicks();
        var now = Now;
        _policy.Renew(renewed, now);
        foreach (var id in released)
        {
            _policy.Release(id, now);
        }

        Grant();
        return Task.CompletedTask;
    }

    public Task<LimiterState> GetStateAsync() => Task.FromResult(new LimiterState(_policy.UnderWay, _policy.Waiting));

    /// <summary>Stores, before anything is granted, that this may happen from now on.</summary>
    /// <returns>Whether nothing was granted before.</returns>
    private async Task<bool> BeginAsync()
    {
        var store = stores.Of(this);
        var stored = await store.ReadAsync<LimiterRecord>(StateName).ConfigureAwait(true);
        if (stored.Exists)
        {
            return false;
        }

        stored.Value.HasGranted = true;
        await store.WriteAsync(StateName, stored).ConfigureAwait(true);
        return true;
    }

    private async Task<bool> IsGrantedAsync(string id, TaskCompletionSource poll)
    {
        try
        {
            await poll.Task.WaitAsync(PollTime, time).ConfigureAwait(true);
            return true;
        }
        catch (TimeoutException)
        {
            var isLatest = _polls.TryGetValue(id, out var latest) && latest == poll;
            if (isLatest)
            {
                _polls.Remove(id);
                _policy.Leave(id, Now);
            }

            return poll.Task.IsCompleted;
        }
    }

    private Task GrantAsync(CancellationToken cancellationToken)
    {
        CheckTicks();
        Grant();
        return Task.CompletedTask;
    }

    private Task TickAsync(CancellationToken cancellationToken)
    {
        CheckTicks();
        _lastTick = Now;
        Grant();
        return Task.CompletedTask;
    }

    /// <summary>
    /// A process that was suspended may have been declared dead, and its limiter may live elsewhere: it grants nothing until it had
    /// the time to learn that.
    /// </summary>
    private void CheckTicks()
    {
        var now = Now;
        if (now - _lastTick > _options.LeaseTime / 2)
        {
            _lastTick = now;
            _policy.BeginSilence(now);
        }
    }

    private void Grant()
    {
        foreach (var id in _policy.Grant(Now))
        {
            if (_polls.Remove(id, out var poll))
            {
                poll.TrySetResult();
            }
        }

        if (_policy.UntilNextGrant(Now) is { } due)
        {
            _timer.Change(due > TimeSpan.Zero ? due : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }
}
