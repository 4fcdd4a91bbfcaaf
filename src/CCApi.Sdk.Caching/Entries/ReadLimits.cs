using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Caching;

/// <summary>
/// How long callers wait for what is in the distributed cache. Callers of one entry share its read, so that the one with the least
/// time decides, from the moment it joins until it leaves.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ReadLimits(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Limits the read of an entry that is under way, or the next one, until the result is disposed.</summary>
    public IDisposable Add(string key, TimeSpan limit)
    {
        var added = new ReadLimit(this, key);
        lock (_gate)
        {
            EntryOf(key).Limits.Add(added);
        }

        added.Start(time, limit);

        return added;
    }

    /// <summary>Waits for a read of an entry, as long as all its callers have time.</summary>
    /// <exception cref="TimeoutException">The time of a caller has ended.</exception>
    public async Task<T> WaitAsync<T>(string key, Task<T> read, CancellationToken cancellationToken)
    {
        var end = Begin(key);
        try
        {
            var first = await Task.WhenAny(read, end.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
            var isOver = first == end.Task && !read.IsCompleted;

            return isOver ? throw new TimeoutException() : await read.ConfigureAwait(false);
        }
        finally
        {
            End(key, end);
        }
    }

    private TaskCompletionSource Begin(string key)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var entry = EntryOf(key);
            entry.Reads.Add(end);
            if (entry.Limits.Exists(static limit => limit.IsOver))
            {
                end.SetResult();
            }
        }

        return end;
    }

    private void End(string key, TaskCompletionSource end)
    {
        lock (_gate)
        {
            EntryOf(key).Reads.Remove(end);
            Clean(key);
        }
    }

    private void Expire(string key, ReadLimit limit)
    {
        lock (_gate)
        {
            limit.IsOver = true;
            if (!_entries.TryGetValue(key, out var entry) || !entry.Limits.Contains(limit))
            {
                return;
            }

            entry.Reads.ForEach(static end => end.TrySetResult());
        }
    }

    private void Remove(string key, ReadLimit limit)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                entry.Limits.Remove(limit);
                Clean(key);
            }
        }
    }

    private Entry EntryOf(string key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            _entries[key] = entry = new Entry();
        }

        return entry;
    }

    private void Clean(string key)
    {
        if (_entries[key] is { Limits.Count: 0, Reads.Count: 0 })
        {
            _entries.Remove(key);
        }
    }

    private sealed class Entry
    {
        public List<ReadLimit> Limits { get; } = [];

        public List<TaskCompletionSource> Reads { get; } = [];
    }

    private sealed class ReadLimit(ReadLimits limits, string key) : IDisposable
    {
        private ITimer? _timer;

        public bool IsOver { get; set; }

        public void Start(TimeProvider time, TimeSpan limit) => _timer = time.CreateTimer(
            static state => ((ReadLimit)state!).Expire(), this, limit, Timeout.InfiniteTimeSpan);

        public void Dispose()
        {
            limits.Remove(key, this);
            _timer?.Dispose();
        }

        private void Expire() => limits.Expire(key, this);
    }
}
