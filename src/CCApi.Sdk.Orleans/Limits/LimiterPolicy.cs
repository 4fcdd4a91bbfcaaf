using System;
using System.Collections.Generic;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// Decides who may send. Pure: times are passed in, as durations since any start. Not thread-safe.
/// </summary>
/// <remarks>
/// Two rules hold together. The window: a request counts from its lease until 60 seconds after the lease ended, because it reached
/// the gateway at some time in between. The bucket: it is refilled with a sixtieth of the rate each second, starts empty after a
/// revival and holds what is refilled during one lease time-out. The window is exact as long as the policy lives; the bucket holds
/// across a revival, whose window is lost: what was granted before it (the bucket and its refill) and what is granted after it
/// (nothing for one lease time-out, then the refill) is at most the rate in any 60 seconds.
/// </remarks>
internal sealed class LimiterPolicy
{
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(60);

    // A waiter polls again within moments, unless its process has died.
    private static readonly TimeSpan _longestAbsence = TimeSpan.FromSeconds(10);

    // Renewals overtake releases at times: the lease of an id that was just released must not begin again.
    private const int MaxReleased = 1024;

    private readonly FleetLimits _limits;
    private readonly TimeSpan _leaseTime;
    private readonly double _capacity;
    private readonly double _refillPerSecond;

    // In the order of their last renewal, so that the first is the first to expire.
    private readonly LinkedList<Lease> _leases = new();
    private readonly Dictionary<string, LinkedListNode<Lease>> _leaseById = new(StringComparer.Ordinal);
    private readonly LinkedList<Waiter> _waiters = new();
    private readonly Dictionary<string, LinkedListNode<Waiter>> _waiterById = new(StringComparer.Ordinal);
    private readonly Queue<TimeSpan> _ended = new();
    private readonly HashSet<string> _released = new(StringComparer.Ordinal);
    private readonly Queue<string> _releasedByAge = new();
    private double _tokens;
    private TimeSpan _refilled;
    private TimeSpan _silentUntil;

    /// <param name="limits">Checked limits.</param>
    /// <param name="leaseTime">How long a lease lives without a renewal.</param>
    /// <param name="now">The time.</param>
    /// <param name="isFirst">Nothing was granted before it, so that it need not wait until that has ended.</param>
    public LimiterPolicy(FleetLimits limits, TimeSpan leaseTime, TimeSpan now, bool isFirst)
    {
        _limits = limits;
        _leaseTime = leaseTime;
        _refillPerSecond = limits.RequestsPerMinute / _window.TotalSeconds;
        _capacity = Math.Max(1, _refillPerSecond * leaseTime.TotalSeconds);
        if (isFirst)
        {
            (_tokens, _silentUntil, _refilled) = (_capacity, now, now);
        }
        else
        {
            BeginSilence(now);
        }
    }

    /// <summary>Leases under way, expired ones excluded.</summary>
    public int UnderWay => _leases.Count;

    /// <summary>Those who wait.</summary>
    public int Waiting => _waiters.Count;

    /// <summary>
    /// Grants nothing for one lease time-out, while the holders of leases renew them: after an activation, whose predecessor may have
    /// granted leases that are not known, and after a time in which the process did not run.
    /// </summary>
    public void BeginSilence(TimeSpan now)
    {
        _tokens = 0;
        _silentUntil = now + _leaseTime;
        _refilled = _silentUntil;
        foreach (var lease in _leases)
        {
            lease.Expiry = _silentUntil;
        }
    }

    /// <summary>Adds a waiter, or notes that it still waits. One that has a lease keeps it.</summary>
    /// <returns>Whether it has its lease.</returns>
    public bool Acquire(string id, TimeSpan now)
    {
        Forget(now);
        if (_leaseById.TryGetValue(id, out var lease))
        {
            Touch(lease, now);
            return true;
        }

        if (!_waiterById.TryGetValue(id, out var waiter))
        {
            waiter = _waiters.AddLast(new Waiter(id));
            _waiterById.Add(id, waiter);
        }

        waiter.Value.IsPresent = true;
        return false;
    }

    /// <summary>A waiter stops waiting for now; it keeps its place for a moment.</summary>
    public void Leave(string id, TimeSpan now)
    {
        if (_waiterById.TryGetValue(id, out var waiter))
        {
            waiter.Value.IsPresent = false;
            waiter.Value.LastSeen = now;
        }
    }

    /// <summary>Grants what can be granted, first in, first out among those who are present.</summary>
    /// <returns>The ids that have a lease now.</returns>
    public IReadOnlyList<string> Grant(TimeSpan now)
    {
        Forget(now);
        List<string>? granted = null;
        var next = _waiters.First;
        while (next is not null && Available(now) >= 1)
        {
            var waiter = next;
            next = next.Next;
            if (!waiter.Value.IsPresent)
            {
                continue;
            }

            Remove(waiter);
            Add(waiter.Value.Id, now);
            _tokens--;
            (granted ??= []).Add(waiter.Value.Id);
        }

        return granted ?? (IReadOnlyList<string>)[];
    }

    /// <summary>Extends leases. One that is not known is added: its holder sends, whether or not a place is free.</summary>
    public void Renew(IEnumerable<string> ids, TimeSpan now)
    {
        Forget(now);
        foreach (var id in ids)
        {
            if (_leaseById.TryGetValue(id, out var lease))
            {
                Touch(lease, now);
            }
            else if (!_released.Contains(id))
            {
                Add(id, now);
            }
        }
    }

    /// <summary>Ends a lease, or a wait.</summary>
    public void Release(string id, TimeSpan now)
    {
        Forget(now);
        if (_waiterById.TryGetValue(id, out var waiter))
        {
            Remove(waiter);
        }

        if (_leaseById.TryGetValue(id, out var lease))
        {
            End(lease, now);
        }

        RememberReleased(id);
    }

    /// <summary>How long until the next waiter may be granted a lease without a release; null when only a release helps.</summary>
    public TimeSpan? UntilNextGrant(TimeSpan now)
    {
        Forget(now);
        if (_waiters.Count == 0)
        {
            return null;
        }

        var due = now < _silentUntil ? _silentUntil : now;
        if (_tokens < 1)
        {
            var refill = TimeSpan.FromSeconds((1 - _tokens) / _refillPerSecond);
            due = Later(due, Later(now, _refilled) + refill);
        }

        if (_leases.Count + _ended.Count >= _limits.RequestsPerMinute)
        {
            due = Later(due, _ended.Count > 0 ? _ended.Peek() + _window : TimeSpan.MaxValue);
        }

        if (_leases.Count >= _limits.MaxConcurrency)
        {
            due = Later(due, _leases.First!.Value.Expiry);
        }

        return due == TimeSpan.MaxValue ? null : due - now;
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private double Available(TimeSpan now)
    {
        if (now < _silentUntil)
        {
            return 0;
        }

        var atOnce = _limits.MaxConcurrency - _leases.Count;
        var inWindow = _limits.RequestsPerMinute - _leases.Count - _ended.Count;
        return Math.Min(Math.Min(atOnce, inWindow), _tokens);
    }

    private void Forget(TimeSpan now)
    {
        while (_leases.First is { } oldest && oldest.Value.Expiry <= now)
        {
            End(oldest, oldest.Value.Expiry);
        }

        while (_ended.Count > 0 && now - _ended.Peek() >= _window)
        {
            _ended.Dequeue();
        }

        var waiter = _waiters.First;
        while (waiter is not null)
        {
            var next = waiter.Next;
            if (!waiter.Value.IsPresent && now - waiter.Value.LastSeen > _longestAbsence)
            {
                Remove(waiter);
            }

            waiter = next;
        }

        if (now > _refilled)
        {
            _tokens = Math.Min(_capacity, _tokens + ((now - _refilled).TotalSeconds * _refillPerSecond));
            _refilled = now;
        }
    }

    private void Add(string id, TimeSpan now) => _leaseById[id] = _leases.AddLast(new Lease(id) { Expiry = now + _leaseTime });

    private void Touch(LinkedListNode<Lease> lease, TimeSpan now)
    {
        lease.Value.Expiry = now + _leaseTime;
        _leases.Remove(lease);
        _leases.AddLast(lease);
    }

    private void End(LinkedListNode<Lease> lease, TimeSpan at)
    {
        _leases.Remove(lease);
        _leaseById.Remove(lease.Value.Id);
        _ended.Enqueue(at);
    }

    private void Remove(LinkedListNode<Waiter> waiter)
    {
        _waiters.Remove(waiter);
        _waiterById.Remove(waiter.Value.Id);
    }

    private void RememberReleased(string id)
    {
        if (!_released.Add(id))
        {
            return;
        }

        _releasedByAge.Enqueue(id);
        if (_releasedByAge.Count > MaxReleased)
        {
            _released.Remove(_releasedByAge.Dequeue());
        }
    }

    private sealed class Lease(string id)
    {
        public string Id => id;

        public TimeSpan Expiry { get; set; }
    }

    private sealed class Waiter(string id)
    {
        public string Id => id;

        /// <summary>Whether a poll of it is under way.</summary>
        public bool IsPresent { get; set; }

        public TimeSpan LastSeen { get; set; }
    }
}
