using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>One run: takes items from the input, sends them as the concurrency allows, and returns an outcome for each.</summary>
internal sealed class BulkRun
{
    private readonly BulkOptions _options;
    private readonly ItemRunner _runner;
    private readonly RunSchedule _schedule;
    private readonly Signal _signal = new();
    private readonly OutcomeQueue _outcomes;
    private readonly RunCounters _counters;
    private readonly HashSet<UInt128> _ids = [];
    private readonly TimeSpan _maxRetryAfter;
    private readonly CancellationToken _cancellationToken;
    private Exception? _failure;

    /// <param name="client">The client.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="ledger">The ledger; null for none.</param>
    /// <param name="cancellationToken">Cancels the calls under way.</param>
    public BulkRun(CCApiClient client, BulkOptions options, LedgerWriter? ledger, CancellationToken cancellationToken)
    {
        _options = options;
        _schedule = new RunSchedule(options);
        _outcomes = new OutcomeQueue(options.InOrder);
        _counters = new RunCounters(ledger?.TotalCosts, options.Budget?.Currency);
        _cancellationToken = cancellationToken;
        _maxRetryAfter = client.Options?.Retry.MaxRetryAfter ?? CCApiDefaults.MaxRetryAfter;
        _runner = new ItemRunner(client, options, ledger);
    }

    /// <summary>Sends nothing more; calls under way finish.</summary>
    public void Stop()
    {
        _schedule.Stop();
        _signal.Set();
    }

    /// <summary>The outcomes. It ends when every item has one, or when the run was stopped and the calls under way ended.</summary>
    /// <exception cref="BulkLedgerException">The ledger failed; every item that was sent has its outcome.</exception>
    public async IAsyncEnumerable<BulkOutcome> RunAsync(IAsyncEnumerable<InputItem> input)
    {
        var dispatching = DispatchAsync(input);
        try
        {
            await foreach (var outcome in _outcomes.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                _schedule.Deliver();
                _signal.Set();
                yield return outcome;
            }
        }
        finally
        {
            // The caller may have left the loop.
            Stop();
            await dispatching.ConfigureAwait(false);
            ReportEnd();
        }

        _cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }
    }

    private void ReportEnd()
    {
        try
        {
            _options.Progress?.Report(Progress());
        }
#pragma warning disable CA1031 // The caller's progress: its exception is thrown after the last outcome, unless the run failed before.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
    }

    /// <summary>Never throws: a failure ends the run, and is thrown to the caller after the last outcome.</summary>
    private async Task DispatchAsync(IAsyncEnumerable<InputItem> input)
    {
        try
        {
            await DispatchItemsAsync(input).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The input is the caller's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
            await DrainAsync().ConfigureAwait(false);
        }

        _outcomes.Complete(error: null);
    }

    private async Task DispatchItemsAsync(IAsyncEnumerable<InputItem> input)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        var items = input.GetAsyncEnumerator(reading.Token);
        await using (items.ConfigureAwait(false))
        {
            Task<bool>? move = null;
            var isAtEnd = false;
            using var stop = _cancellationToken.Register(Stop);
            while (true)
            {
                var step = _schedule.Next(isAtEnd);
                switch (step.Action)
                {
                    case StepAction.End:
                        await EndReadingAsync(move, reading).ConfigureAwait(false);
                        return;

                    case StepAction.Send:
                        Start(step.Work!, step.Flight);
                        continue;

                    case StepAction.Read:
                        move ??= items.MoveNextAsync().AsTask();
                        if (!move.IsCompleted)
                        {
                            await _signal.WaitAsync(move, _options.TimeProvider, step.Longest).ConfigureAwait(false);
                            continue;
                        }

                        isAtEnd = !await move.ConfigureAwait(false);
                        move = null;
                        if (!isAtEnd)
                        {
                            Take(items.Current);
                        }

                        continue;

                    default:
                        await _signal.WaitAsync(other: null, _options.TimeProvider, step.Longest).ConfigureAwait(false);
                        continue;
                }
            }
        }
    }

    /// <summary>Cancels a read that is under way, and waits for it: the input must not be disposed while it is read.</summary>
    private static async Task EndReadingAsync(Task<bool>? move, CancellationTokenSource reading)
    {
        await reading.CancelAsync().ConfigureAwait(false);
        try
        {
            await (move ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It was canceled above.
        }
    }

    private async Task DrainAsync()
    {
        while (_schedule.Next(isAtEnd: true).Action != StepAction.End)
        {
            await _signal.WaitAsync(other: null, _options.TimeProvider, longest: null).ConfigureAwait(false);
        }
    }

    /// <summary>Starts the call of an item of the input, or ends the item at once.</summary>
    private void Take(InputItem input)
    {
        if (_schedule.Admit() is not { } index)
        {
            return;
        }

        if (input.Item is not { } item)
        {
            End(index, new BulkOutcome { Id = input.Id, Line = input.Line, Status = BulkStatus.Failed, Error = input.Error });
        }
        else if (!_ids.Add(ItemHash.Of(item.Id)))
        {
            var error = new BulkItemException(
                $"The id {item.Id} was used by an earlier item of this run: give each item an id of its own.");
            End(index, new BulkOutcome { Id = item.Id, Line = input.Line, Status = BulkStatus.Failed, Error = error });
        }
        else if (_schedule.Begin() is { } flight)
        {
            Start(new WorkItem(item, input.Line, index), flight);
        }
    }

    private void Start(WorkItem work, Flight flight) => _ = Task.Run(() => RunAsync(work, flight));

    private async Task RunAsync(WorkItem work, Flight flight)
    {
        var isFlying = 1;

        // The slot is free for the next call when this one has its response; what follows is bookkeeping.
        void Land(TimeSpan? latency, CCApiCost? cost)
        {
            if (Interlocked.Exchange(ref isFlying, 0) == 0)
            {
                return;
            }

            _counters.AddCost(cost);
            _schedule.Land(flight, latency);
            _signal.Set();
        }

        try
        {
            var outcome = await OutcomeAsync(work, flight, Land).ConfigureAwait(false);
            Land(latency: null, cost: null);
            if (outcome is not null)
            {
                End(work.Index, outcome);
            }

            // Before the item stops counting as running: no report follows the last one of the run.
            _counters.Report(_options, _schedule.Now, Progress);
        }
#pragma warning disable CA1031 // The caller's progress: its exception ends the run, which throws it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
        finally
        {
            Land(latency: null, cost: null);
            _schedule.Finish();
            _signal.Set();
        }
    }

    private async Task<BulkOutcome?> OutcomeAsync(WorkItem work, Flight flight, Action<TimeSpan?, CCApiCost?> land)
    {
        try
        {
            return await _runner.RunAsync(work, _schedule.Now, land, _cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // An item never ends a run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return await FailAsync(work, flight, exception).ConfigureAwait(false);
        }
    }

    /// <summary>The outcome of an item whose call failed; null when it is sent again.</summary>
    private async Task<BulkOutcome?> FailAsync(WorkItem work, Flight flight, Exception exception)
    {
        var action = RoundPolicy.Decide(exception, work.StateWhen(_cancellationToken.IsCancellationRequested), _options.MaxRounds);
        if (action == RoundAction.OutOfBudget)
        {
            action = OutOfBudget(work, (CCApiBudgetExceededException)exception);
        }

        var cost = (exception as CCApiException)?.Cost;
        work.AddCost(cost);
        var bookkeeping = await _runner.RecordFailureAsync(work, action, exception).ConfigureAwait(false);
        _counters.AddCost(cost);
        if ((bookkeeping ?? exception) is BulkLedgerException failed)
        {
            Fail(failed);
        }

        if (exception is not CCApiBudgetExceededException)
        {
            _schedule.FreeBudget();
        }

        if (exception is CCApiRateLimitException limited)
        {
            _counters.CountRateLimit();
            _schedule.Reject(flight, RoundPolicy.Pause(limited.RetryAfter, _maxRetryAfter));
        }

        switch (action)
        {
            case RoundAction.Wait:
                _schedule.Wait(work);
                return null;

            case RoundAction.Repeat:
                _schedule.Repeat(work);
                return null;

            case RoundAction.Skip:
                return null;
        }

        var status = action switch
        {
            RoundAction.Doubt => BulkStatus.InDoubt,
            RoundAction.NotSent => BulkStatus.NotSent,
            _ => BulkStatus.Failed,
        };
        return ItemRunner.OutcomeOf(work, status, exception, bookkeeping, _schedule.Now);
    }

    /// <summary>What follows for an item that did not fit into a budget.</summary>
    private RoundAction OutOfBudget(WorkItem work, CCApiBudgetExceededException exceeded)
    {
        if (work.HasLeft)
        {
            // An earlier request of the item was charged, as when structured output is requested again.
            return RoundAction.Fail;
        }

        return RoundPolicy.MayFitLater(exceeded) && _schedule.WaitForBudget() ? RoundAction.Wait : RoundAction.NotSent;
    }

    /// <summary>Ends the run with a failure, the first of which is thrown after the last outcome.</summary>
    private void Fail(Exception exception)
    {
        Interlocked.CompareExchange(ref _failure, exception, comparand: null);
        Stop();
    }

    private void End(long index, BulkOutcome outcome)
    {
        _counters.Count(outcome);
        if (outcome.BookkeepingError is BulkLedgerException failed)
        {
            Fail(failed);
        }

        _outcomes.Add(index, outcome);
    }

    private BulkProgress Progress() => _schedule.ToProgress(_counters, _options.Total);
}
