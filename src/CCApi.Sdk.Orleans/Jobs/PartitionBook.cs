using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Bulk;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// Which item is sent next, and which state each has. Pure: times are passed in, as durations since any start. Not thread-safe.
/// </summary>
internal sealed class PartitionBook
{
    private readonly FleetItemState[] _states;
    private readonly int[] _counts = new int[8];
    private readonly Queue<int> _ready = new();
    private readonly PriorityQueue<int, TimeSpan> _delayed = new();
    private TimeSpan _pausedUntil;

    /// <param name="states">The stored states.</param>
    public PartitionBook(ReadOnlySpan<byte> states)
    {
        _states = new FleetItemState[states.Length];
        for (var i = 0; i < states.Length; i++)
        {
            _states[i] = (FleetItemState)states[i];
            _counts[states[i]]++;
            if (_states[i] == FleetItemState.Pending)
            {
                _ready.Enqueue(i);
            }
        }
    }

    /// <summary>Whether every item has its outcome.</summary>
    public bool IsFinished => Count(FleetItemState.Pending) + InFlight == 0;

    /// <summary>How many items were sent and have no outcome.</summary>
    public int InFlight => Count(FleetItemState.Sent) + Count(FleetItemState.Job);

    public FleetItemState this[int index] => _states[index];

    /// <summary>How many items are in a state.</summary>
    public int Count(FleetItemState state) => _counts[(int)state];

    /// <summary>Decides what becomes of items that an earlier activation sent.</summary>
    /// <param name="action">What the job wants.</param>
    /// <returns>The items whose image job is waited for, which costs nothing.</returns>
    public IReadOnlyList<int> Recover(InDoubtAction action)
    {
        var jobs = new List<int>();
        for (var i = 0; i < _states.Length; i++)
        {
            switch (_states[i])
            {
                case FleetItemState.Job when action != InDoubtAction.Report:
                    jobs.Add(i);
                    break;
                case FleetItemState.Sent when action == InDoubtAction.Resend:
                    Set(i, FleetItemState.Pending);
                    _ready.Enqueue(i);
                    break;
                case FleetItemState.Sent or FleetItemState.Job:
                    Set(i, FleetItemState.Lost);
                    break;
            }
        }

        return jobs;
    }

    /// <summary>Takes the next item, and marks it as sent.</summary>
    /// <returns>Its index; null when none is ready.</returns>
    public int? Take(TimeSpan now)
    {
        while (_delayed.TryPeek(out var delayed, out var due) && due <= now)
        {
            _ready.Enqueue(_delayed.Dequeue());
        }

        var isNext = now >= _pausedUntil && _ready.Count > 0;
        if (!isNext)
        {
            return null;
        }

        var index = _ready.Dequeue();
        Set(index, FleetItemState.Sent);
        return index;
    }

    /// <summary>How long until an item is ready; null when none waits.</summary>
    public TimeSpan? UntilNext(TimeSpan now)
    {
        var hasDelayed = _delayed.TryPeek(out _, out var due);
        if (_ready.Count == 0 && !hasDelayed)
        {
            return null;
        }

        var next = _ready.Count > 0 ? now : due;
        next = next > _pausedUntil ? next : _pausedUntil;
        return next > now ? next - now : TimeSpan.Zero;
    }

    /// <summary>Returns an item that was taken, and was not sent or may be sent again.</summary>
    public void PutBack(int index, TimeSpan due)
    {
        Set(index, FleetItemState.Pending);
        _delayed.Enqueue(index, due);
    }

    /// <summary>Sends nothing before a time: the gateway has too many requests.</summary>
    public void PauseUntil(TimeSpan time) => _pausedUntil = time > _pausedUntil ? time : _pausedUntil;

    public void Finish(int index, FleetItemState state) => Set(index, state);

    /// <summary>What waits is not sent.</summary>
    public void Stop()
    {
        _ready.Clear();
        _delayed.Clear();
        for (var i = 0; i < _states.Length; i++)
        {
            if (_states[i] == FleetItemState.Pending)
            {
                Set(i, FleetItemState.NotSent);
            }
        }
    }

    /// <summary>Returns the states as they are stored.</summary>
    public byte[] ToBytes() => _states.Select(state => (byte)state).ToArray();

    private void Set(int index, FleetItemState state)
    {
        _counts[(int)_states[index]]--;
        _counts[(int)state]++;
        _states[index] = state;
    }
}
