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
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Signal _signal = new();
    private readonly OutcomeQueue _outcomes;
    private readonly RunCounters _counters;
    private readonly HashSet<UInt128> _ids = [];
    private readonly int _window;
    private readonly TimeSpan _maxRetryAfter;
    private readonly CancellationToken _cancellationToken;

    // What follows is guarded by the lock.
    private readonly object _gate = new();
    private readonly PriorityQueue<WorkItem, TimeSpan> _waiting = new();
    private readonly AdaptiveConcurrency _concurrency;
    private TimeSpan _pausedUntil;
    private int _inFlight;
    private int _running;
    private long _read;
    private long _delivered;
    private bool _isStopped;
    private bool _isBudgetFull;
    private Exception? _failure;

    /// <param name="client">The client.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="ledger">The ledger; null for none.</param>
    /// <param name="cancellationToken">Cancels the calls under way.</param>
    public BulkRun(CCApiClient client, BulkOptions options, LedgerWriter? ledger, CancellationToken cancellationToken)
    {
        _options = options;
        _time = options.TimeProvider;
        _start = _time.GetTimestamp();
        _outcomes = new OutcomeQueue(options.InOrder);
        _counters = new RunCounters(ledger?.TotalCosts, options.Budget?.Currency);
        _concurrency = new AdaptiveConcurrency(options.InitialConcurrency, options.MaxConcurrency);
        _window = Math.Max(1024, 4 * options.MaxConcurrency);
        _cancellationToken = cancellationToken;
        _maxRetryAfter = client.MaxRetryAfter;
        _runner = new ItemRunner(client, options, ledger);
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Sends nothing more; calls under way finish.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
        }

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
                lock (_gate)
                {
                    _delivered++;
                }

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
#pragma warning disable CA1031 // Of the caller: thrown after the last outcome, unless the run failed before.
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
                var (next, longest) = NextStep(isAtEnd);
                switch (next)
                {
                    case Step.End:
                        await EndReadingAsync(move, reading).ConfigureAwait(false);
                        return;

                    case Step.Send:
                        continue;

                    case Step.Read:
                        move ??= items.MoveNextAsync().AsTask();
                        if (!move.IsCompleted)
                        {
                            await _signal.WaitAsync(move, _time, longest).ConfigureAwait(false);
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
                        await _signal.WaitAsync(other: null, _time, longest).ConfigureAwait(false);
                        continue;
                }
            }
        }
    }

    /// <summary>Cancels a read that is under way: input must not be disposed under its reader.</summary>
    private static async Task EndReadingAsync(Task<bool>? move, CancellationTokenSource reading)
    {
        await reading.CancelAsync().ConfigureAwait(false);
        try
        {
            await (move ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // As demanded.
        }
    }

    private async Task DrainAsync()
    {
        while (NextStep(isAtEnd: true).Next != Step.End)
        {
            await _signal.WaitAsync(other: null, _time, longest: null).ConfigureAwait(false);
        }
    }

    /// <summary>Decides what to do now, and starts a call where that is it.</summary>
    /// <returns>The step, and the longest wait until the next decision.</returns>
    private (Step Next, TimeSpan? Longest) NextStep(bool isAtEnd)
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                return (_running == 0 ? Step.End : Step.Wait, null);
            }

            var now = Now;
            var isFree = _inFlight < _concurrency.Limit;
            var hasWaiting = _waiting.TryPeek(out var work, out var due);
            if (now < _pausedUntil)
            {
                return (Step.Wait, _pausedUntil - now);
            }

            // A call under way that ends frees what it has reserved.
            if (_isBudgetFull)
            {
                return (Step.Wait, null);
            }

            if (hasWaiting && due <= now && isFree)
            {
                _waiting.Dequeue();
                Start(work!);
                return (Step.Send, null);
            }

            var longest = hasWaiting && due > now ? due - now : (TimeSpan?)null;
            var hasRoom = _read - _delivered < _window;
            if (!isAtEnd && isFree && hasRoom)
            {
                return (Step.Read, longest);
            }

            var isOver = isAtEnd && _running == 0 && !hasWaiting;
            return (isOver ? Step.End : Step.Wait, longest);
        }
    }

    /// <summary>Starts the call of an item of the input, or ends the item at once.</summary>
    private void Take(InputItem input)
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            var index = _read++;
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
            else
            {
                Start(new WorkItem(item, input.Line, index));
            }
        }
    }

    private void Start(WorkItem work)
    {
        _inFlight++;
        _running++;
        var flight = new Flight(_inFlight, _inFlight >= _concurrency.Limit, _concurrency.Epoch);
        _ = Task.Run(() => RunAsync(work, flight));
    }

    private async Task RunAsync(WorkItem work, Flight flight)
    {
        var isFlying = true;

        // The slot is free for the next call when this one has its response; what follows is bookkeeping.
        void Land(TimeSpan? latency, CCApiCost? cost)
        {
            lock (_gate)
            {
                if (!isFlying)
                {
                    return;
                }

                isFlying = false;
                _inFlight--;
                _counters.AddCost(cost);
                _isBudgetFull = _isBudgetFull && latency is null && _inFlight > 0;
                if (latency is { } time)
                {
                    _concurrency.Succeed(time, flight.InFlight, flight.WasFull, flight.Epoch, Now);
                }
            }

            _signal.Set();
        }

        try
        {
            var outcome = await OutcomeAsync(work, flight, Land).ConfigureAwait(false);
            Land(latency: null, cost: null);
            lock (_gate)
            {
                if (outcome is not null)
                {
                    End(work.Index, outcome);
                }
            }

            // Before the item stops counting as running: no report follows the last one of the run.
            _counters.Report(_options, Now, Progress);
        }
#pragma warning disable CA1031 // Of the progress of the caller: it ends the run, which throws it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
        finally
        {
            Land(latency: null, cost: null);
            lock (_gate)
            {
                _running--;
            }

            _signal.Set();
        }
    }

    private async Task<BulkOutcome?> OutcomeAsync(WorkItem work, Flight flight, Action<TimeSpan?, CCApiCost?> land)
    {
        try
        {
            return await _runner.RunAsync(work, Now, land, _cancellationToken).ConfigureAwait(false);
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
        lock (_gate)
        {
            var now = Now;
            if ((bookkeeping ?? exception) is BulkLedgerException failed)
            {
                Fail(failed);
            }

            _counters.AddCost(cost);
            _isBudgetFull = _isBudgetFull && exception is CCApiBudgetExceededException;
            if (exception is CCApiRateLimitException limited)
            {
                _counters.CountRateLimit();

                // Calls that are sent at the same time arrive in any order: the one that is rejected is not the last one.
                _concurrency.Reject(Math.Max(flight.InFlight, _inFlight), flight.Epoch, now);
                var pause = now + RoundPolicy.Pause(limited.RetryAfter, _maxRetryAfter);
                _pausedUntil = pause > _pausedUntil ? pause : _pausedUntil;
            }

            if (action is RoundAction.Wait or RoundAction.Repeat)
            {
#pragma warning disable CA5394 // A delay is not a secret.
                var delay = action == RoundAction.Wait
                    ? _pausedUntil - now
                    : RoundPolicy.Delay(work.Rounds, _options.RoundDelay, Random.Shared.NextDouble());
#pragma warning restore CA5394
                _waiting.Enqueue(work, now + delay);
                return null;
            }
        }

        if (action == RoundAction.Skip)
        {
            return null;
        }

        var status = action switch
        {
            RoundAction.Doubt => BulkStatus.InDoubt,
            RoundAction.NotSent => BulkStatus.NotSent,
            _ => BulkStatus.Failed,
        };
        return ItemRunner.OutcomeOf(work, status, exception, bookkeeping, Now);
    }

    /// <summary>What follows for an item that did not fit into a budget.</summary>
    private RoundAction OutOfBudget(WorkItem work, CCApiBudgetExceededException exceeded)
    {
        if (work.HasLeft)
        {
            // An earlier request of the item was charged, as when structured output is requested again.
            return RoundAction.Fail;
        }

        lock (_gate)
        {
            var waits = _inFlight > 1 && RoundPolicy.MayFitLater(exceeded);
            _isBudgetFull = _isBudgetFull || waits;
            return waits ? RoundAction.Wait : RoundAction.NotSent;
        }
    }

    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            _failure ??= exception;
        }

        Stop();
    }

    /// <summary>Called within the lock.</summary>
    private void End(long index, BulkOutcome outcome)
    {
        _counters.Count(outcome);
        if (outcome.BookkeepingError is BulkLedgerException failed)
        {
            _failure ??= failed;
            _isStopped = true;
        }

        _outcomes.Add(index, outcome);
    }

    private BulkProgress Progress()
    {
        lock (_gate)
        {
            return _counters.ToProgress(_inFlight, _waiting.Count, _options.Total, _concurrency.Limit, Now);
        }
    }

    private enum Step
    {
        Send,
        Read,
        Wait,
        End,
    }

    /// <summary>What was true when a call was sent.</summary>
    private readonly record struct Flight(int InFlight, bool WasFull, int Epoch);
}
