using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Bulk;
using Orleans.Storage;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// Runs the items of a partition: takes one, stores that it is sent, sends it, and stores its result together with the next one that
/// is taken.
/// </summary>
/// <remarks>Not thread-safe: it runs on the scheduler of its grain, and only the calls run elsewhere.</remarks>
internal sealed class PartitionRun
{
    private static readonly TimeSpan _pauseWithoutRetryAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan _pauseForBudget = TimeSpan.FromSeconds(0.25);

    private readonly PartitionInput _input;
    private readonly PartitionLedger _ledger;
    private readonly IItemSender _sender;
    private readonly TimeProvider _time;
    private readonly TaskScheduler _scheduler = TaskScheduler.Current;
    private readonly long _start;
    private readonly Dictionary<int, Rounds> _rounds = [];

    public PartitionRun(PartitionInput input, PartitionLedger ledger, IItemSender sender, TimeProvider time)
    {
        _input = input;
        _ledger = ledger;
        _sender = sender;
        _time = time;
        _start = time.GetTimestamp();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private PartitionBook Book => _ledger.Book;

    /// <summary>Runs until every item has its outcome.</summary>
    /// <param name="isRevival">Whether an earlier activation has begun.</param>
    /// <param name="stop">Takes no more items; calls under way finish.</param>
    /// <param name="abort">Cancels the calls under way, which stay recorded as sent.</param>
    /// <exception cref="InconsistentStateException">Another activation has taken over.</exception>
    public async Task RunAsync(bool isRevival, CancellationToken stop, CancellationToken abort)
    {
        var jobs = Book.Recover((InDoubtAction)_input.Settings.InDoubt);
        _ledger.Revivals += isRevival ? 1 : 0;
        if (_ledger.IsStopped)
        {
            Book.Stop();
        }

        // The first write takes the partition over from every other activation.
        await _ledger.CommitAsync().ConfigureAwait(true);

        var workers = Enumerable.Range(0, _input.Settings.CallsPerPartition).Select(_ => WorkAsync(stop, abort));
        var waits = jobs.Select(index => SendAsync(index, abort));
        await Task.WhenAll(workers.Concat(waits).ToList()).ConfigureAwait(true);
        await _ledger.CommitAsync().ConfigureAwait(true);
    }

    private async Task WorkAsync(CancellationToken stop, CancellationToken abort)
    {
        while (!stop.IsCancellationRequested)
        {
            if (Book.Take(Now) is { } index)
            {
                await _ledger.CommitAsync().ConfigureAwait(true);
                if (stop.IsCancellationRequested)
                {
                    Book.PutBack(index, Now);
                    return;
                }

                await SendAsync(index, abort).ConfigureAwait(true);
                continue;
            }

            // What other workers have under way, they send again themselves.
            if (Book.UntilNext(Now) is not { } wait)
            {
                return;
            }

            try
            {
                await Task.Delay(wait, _time, stop).ConfigureAwait(true);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task SendAsync(int index, CancellationToken abort)
    {
        var item = _input.Items[index];
        var rounds = RoundsOf(index);
        rounds.Sent++;
        try
        {
            var jobId = _ledger.JobIdOf(index);
            var result = await _sender.SendAsync(index, item, jobId, job => SaveJobAsync(index, job), abort).ConfigureAwait(true);
            _ledger.Add(result);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // It stays recorded as sent.
        }
        catch (InconsistentStateException)
        {
            throw;
        }
#pragma warning disable CA1031 // Every failure of a call is an outcome of its item.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(index, exception, rounds);
        }
    }

    private void Fail(int index, Exception exception, Rounds rounds)
    {
        if (exception is CCApiBudgetExceededException exceeded)
        {
            rounds.Sent--;
            FailOutOfBudget(index, exceeded);
            return;
        }

        if (exception is CCApiRateLimitException limited)
        {
            // A 429 is not a round.
            rounds.Sent--;
            rounds.RateLimits++;
            Book.PauseUntil(Now + RoundPolicy.Pause(limited.RetryAfter ?? _pauseWithoutRetryAfter, CCApiDefaults.MaxRetryAfter));
        }
        else
        {
            rounds.RateLimits = 0;
        }

        var max = _input.Settings.MaxRounds;
        var state = new RoundState
        {
            IsSent = true,
            HasJob = _ledger.JobIdOf(index) is not null,
            Rounds = rounds.Sent,
            RateLimits = rounds.RateLimits,
        };
        var action = RoundPolicy.Decide(exception, state, max);
        var isRepeated = action is RoundAction.Wait or RoundAction.Repeat;
        if (!isRepeated)
        {
            AddFailure(index, exception, action);
            return;
        }

        if (_ledger.IsStopped)
        {
            Book.Finish(index, FleetItemState.NotSent);
            return;
        }

        // The pause of the partition is the delay of a 429.
        Book.PutBack(index, action == RoundAction.Wait ? Now : Now + DelayAfter(rounds.Sent));
    }

    private TimeSpan DelayAfter(int sent)
    {
#pragma warning disable CA5394 // Jitter.
        return RoundPolicy.Delay(sent, _input.Settings.RoundDelay, Random.Shared.NextDouble());
#pragma warning restore CA5394
    }

    /// <summary>It was not sent. It waits when calls under way may cost less than they have reserved.</summary>
    private void FailOutOfBudget(int index, CCApiBudgetExceededException exceeded)
    {
        var mayFitLater = RoundPolicy.MayFitLater(exceeded) && !_ledger.IsStopped;
        if (mayFitLater)
        {
            Book.PutBack(index, Now + _pauseForBudget);
            return;
        }

        Book.Finish(index, FleetItemState.NotSent);
    }

    private void AddFailure(int index, Exception exception, RoundAction action)
    {
        var item = _input.Items[index];
        _ledger.Add(new ResultRecord
        {
            Index = index,
            Id = item.Id,
            Kind = item.Kind,
            State = action == RoundAction.Fail ? FleetItemState.Failed : FleetItemState.InDoubt,
            Cost = (exception as CCApiException)?.Cost?.Amount,
            JobId = _ledger.JobIdOf(index),
            Error = $"{exception.GetType().Name}: {exception.Message}",
        });
    }

    /// <summary>Called by the thread of the call: goes on where the states are guarded.</summary>
    private Task SaveJobAsync(int index, string job) => Task.Factory.StartNew(
        () =>
        {
            var item = _input.Items[index];
            _ledger.Add(new ResultRecord { Index = index, Id = item.Id, Kind = item.Kind, State = FleetItemState.Job, JobId = job });
            return _ledger.CommitAsync();
        },
        CancellationToken.None,
        TaskCreationOptions.None,
        _scheduler).Unwrap();

    private Rounds RoundsOf(int index)
    {
        if (!_rounds.TryGetValue(index, out var rounds))
        {
            _rounds[index] = rounds = new Rounds();
        }

        return rounds;
    }

    private sealed class Rounds
    {
        public int Sent { get; set; }

        public int RateLimits { get; set; }
    }
}
