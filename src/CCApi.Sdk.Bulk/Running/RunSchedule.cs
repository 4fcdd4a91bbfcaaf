using System;
using System.Collections.Generic;

namespace CCApi.Sdk.Bulk;

/// <summary>
/// Decides when a run reads, sends, waits and ends: by the calls under way, the items that wait for another round, the pauses that
/// the gateway requests, and the outcomes that the caller has not taken yet. Sends nothing itself. Thread-safe.
/// </summary>
internal sealed class RunSchedule
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly int _window;
    private readonly TimeSpan _roundDelay;

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

    public RunSchedule(BulkOptions options)
    {
        _time = options.TimeProvider;
        _start = _time.GetTimestamp();
        _window = Math.Max(1024, 4 * options.MaxConcurrency);
        _roundDelay = options.RoundDelay;
        _concurrency = new AdaptiveConcurrency(options.InitialConcurrency, options.MaxConcurrency);
    }

    /// <summary>The time since the start of the run.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Nothing is read or sent any more; calls under way finish.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
        }
    }

    /// <summary>Counts an outcome that the caller has taken: the next item may be read.</summary>
    public void Deliver()
    {
        lock (_gate)
        {
            _delivered++;
        }
    }

    /// <summary>Decides what to do now. An item to send counts as under way at once.</summary>
    public ScheduledStep Next(bool isAtEnd)
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                return new ScheduledStep(_running == 0 ? StepAction.End : StepAction.Wait);
            }

            var now = Now;
            var isFree = _inFlight < _concurrency.Limit;
            var hasWaiting = _waiting.TryPeek(out var work, out var due);
            if (now < _pausedUntil)
            {
                return new ScheduledStep(StepAction.Wait, _pausedUntil - now);
            }

            // A call under way that ends frees what it has reserved.
            if (_isBudgetFull)
            {
                return new ScheduledStep(StepAction.Wait);
            }

            var isDue = hasWaiting && due <= now;
            if (isDue && isFree)
            {
                _waiting.Dequeue();
                return new ScheduledStep(StepAction.Send, Longest: null, work, Depart());
            }

            var longest = hasWaiting && !isDue ? due - now : (TimeSpan?)null;
            var mayRead = !isAtEnd && isFree;
            var hasRoom = _read - _delivered < _window;
            if (mayRead && hasRoom)
            {
                return new ScheduledStep(StepAction.Read, longest);
            }

            var isIdle = _running == 0 && !hasWaiting;
            return new ScheduledStep(isAtEnd && isIdle ? StepAction.End : StepAction.Wait, longest);
        }
    }

    /// <summary>Counts an item that was read.</summary>
    /// <returns>Its number, from 0; null when the run was stopped, and the item gets no outcome.</returns>
    public long? Admit()
    {
        lock (_gate)
        {
            return _isStopped ? null : _read++;
        }
    }

    /// <summary>Begins the first call of an item; null when the run was stopped.</summary>
    public Flight? Begin()
    {
        lock (_gate)
        {
            return _isStopped ? null : Depart();
        }
    }

    /// <summary>Ends a call: another one may be sent, although its item is not done with.</summary>
    /// <param name="flight">The call.</param>
    /// <param name="latency">How long it took; null when it failed.</param>
    public void Land(Flight flight, TimeSpan? latency)
    {
        lock (_gate)
        {
            _inFlight--;
            _isBudgetFull = _isBudgetFull && latency is null && _inFlight > 0;
            if (latency is { } time)
            {
                _concurrency.Succeed(time, flight.InFlight, flight.WasFull, flight.Epoch, Now);
            }
        }
    }

    /// <summary>Ends the round of an item.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            _running--;
        }
    }

    /// <summary>Slows the run down for a call that was rejected with 429.</summary>
    /// <param name="flight">The call.</param>
    /// <param name="pause">How long nothing is sent.</param>
    public void Reject(Flight flight, TimeSpan pause)
    {
        lock (_gate)
        {
            // Calls that are sent at the same time arrive in any order: the one that is rejected is not the last one.
            var now = Now;
            _concurrency.Reject(Math.Max(flight.InFlight, _inFlight), flight.Epoch, now);
            var until = now + pause;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    /// <summary>Sends nothing before a call under way frees what it has reserved of the budget.</summary>
    /// <returns>Whether there is such a call; without, what did not fit never will.</returns>
    public bool WaitForBudget()
    {
        lock (_gate)
        {
            var hasOthers = _inFlight > 1;
            _isBudgetFull = _isBudgetFull || hasOthers;

            return hasOthers;
        }
    }

    /// <summary>Sends again: a call that failed has freed what it had reserved of the budget.</summary>
    public void FreeBudget()
    {
        lock (_gate)
        {
            _isBudgetFull = false;
        }
    }

    /// <summary>Sends an item again when the pause of the run is over.</summary>
    public void Wait(WorkItem work)
    {
        lock (_gate)
        {
            _waiting.Enqueue(work, _pausedUntil);
        }
    }

    /// <summary>Sends an item again after a delay that grows with its rounds.</summary>
    public void Repeat(WorkItem work)
    {
        lock (_gate)
        {
#pragma warning disable CA5394 // A delay is not a secret.
            _waiting.Enqueue(work, Now + RoundPolicy.Delay(work.Rounds, _roundDelay, Random.Shared.NextDouble()));
#pragma warning restore CA5394
        }
    }

    public BulkProgress ToProgress(RunCounters counters, int? total)
    {
        lock (_gate)
        {
            return counters.ToProgress(_inFlight, _waiting.Count, total, _concurrency.Limit, Now);
        }
    }

    /// <summary>Called within the lock.</summary>
    private Flight Depart()
    {
        _inFlight++;
        _running++;

        return new Flight(_inFlight, _inFlight >= _concurrency.Limit, _concurrency.Epoch);
    }
}
