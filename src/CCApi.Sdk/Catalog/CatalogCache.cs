using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>The catalogs of a client, one for each key and way of reading prices. Thread-safe and bounded.</summary>
internal sealed class CatalogCache(TimeProvider time)
{
    /// <summary>A client with more keys than this forgets the catalog that was used least recently.</summary>
    public const int MaxEntries = 64;

    private readonly Dictionary<CatalogKey, Entry> _entries = [];
    private long _uses;

    /// <summary>Returns the catalog of a key, by the rules of <see cref="ModelCatalogOptions"/>.</summary>
    /// <param name="key">Whose catalog.</param>
    /// <param name="options">The rules.</param>
    /// <param name="retrieve">
    /// Retrieves the catalog. One call at a time does, for all that wait for it, so no caller's token is passed on.
    /// </param>
    /// <param name="wait">Ends the waiting of this caller, and of nobody else: an old catalog is returned then.</param>
    /// <param name="cancellationToken">Ends it with a cancellation.</param>
    public async Task<ModelCatalog> GetAsync(
        CatalogKey key,
        CatalogRules options,
        Func<Task<ModelCatalog>> retrieve,
        CancellationToken wait,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = EntryOf(key);
        var (current, refresh) = entry.Look(time.GetUtcNow(), options, retrieve);
        if (refresh is null)
        {
            return current!;
        }

        try
        {
            return await refresh.OrCanceled(wait).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a refresh fails with, the old catalog is returned.
        catch (Exception) when (current is not null && !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // An old catalog is better than none; its age is in it.
            return current;
        }
    }

    private Entry EntryOf(CatalogKey key)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                RemoveOldest();
                entry = new Entry(time);
                _entries.Add(key, entry);
            }

            entry.LastUse = ++_uses;

            return entry;
        }
    }

    private void RemoveOldest()
    {
        if (_entries.Count < MaxEntries)
        {
            return;
        }

        var oldest = default(KeyValuePair<CatalogKey, Entry>);

        foreach (var candidate in _entries)
        {
            if (oldest.Value is null || candidate.Value.LastUse < oldest.Value.LastUse)
            {
                oldest = candidate;
            }
        }

        _entries.Remove(oldest.Key);
    }

    /// <summary>The catalog of one key.</summary>
    private sealed class Entry(TimeProvider time)
    {
        private readonly object _gate = new();
        private ModelCatalog? _current;
        private Task<ModelCatalog>? _refresh;
        private DateTimeOffset _retryAt = DateTimeOffset.MinValue;

        /// <summary>When it was last used, as a number that grows; the cache guards it.</summary>
        public long LastUse { get; set; }

        /// <summary>
        /// The catalog at hand, and the refresh to wait for; without one, the catalog is what the caller gets.
        /// </summary>
        public (ModelCatalog? Current, Task<ModelCatalog>? Refresh) Look(
            DateTimeOffset now, CatalogRules options, Func<Task<ModelCatalog>> retrieve)
        {
            lock (_gate)
            {
                if (options.Initial is { } initial && IsBetter(initial, now))
                {
                    _current = initial;
                }

                if (_current is null)
                {
                    return (null, _refresh ?? Start(retrieve));
                }

                // A clock that was set back makes the age negative: then it is refreshed, and served meanwhile.
                var age = now - _current.RetrievedAt;
                var isFresh = age >= TimeSpan.Zero && age < options.MaxAge;
                if (isFresh)
                {
                    return (_current, null);
                }

                var isPaused = now < _retryAt && _retryAt - now <= CCApiDefaults.CatalogRetryDelay;
                var refresh = _refresh ?? (isPaused ? null : Start(retrieve));
                var isRetrievedEachTime = options.MaxAge == TimeSpan.Zero;
                var isUsable = !isRetrievedEachTime && (age < TimeSpan.Zero || age - options.MaxAge < options.MaxStale);

                return (_current, isUsable ? null : refresh);
            }
        }

        /// <summary>Whether a catalog is newer than the current one. A time of the future is wrong, and would be newer for ever.</summary>
        private bool IsBetter(ModelCatalog initial, DateTimeOffset now) =>
            _current is null || (initial.RetrievedAt > _current.RetrievedAt && initial.RetrievedAt <= now);

        private Task<ModelCatalog> Start(Func<Task<ModelCatalog>> retrieve)
        {
            // On a thread of its own: not under the lock, not in the time of the caller that happened to be first, and not in
            // its synchronization context, which it may block.
            var source = new TaskCompletionSource<ModelCatalog>(TaskCreationOptions.RunContinuationsAsynchronously);
            _refresh = source.Task;
            _ = Task.Run(() => RunAsync(retrieve, source));

            return source.Task;
        }

        private async Task RunAsync(
            Func<Task<ModelCatalog>> retrieve, TaskCompletionSource<ModelCatalog> source)
        {
            try
            {
                var catalog = await retrieve().ConfigureAwait(false);
                source.SetResult(Accept(catalog));
            }
#pragma warning disable CA1031 // It is thrown to all who wait for the task.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Reject();
                source.SetException(exception);

                // Nobody may be waiting, and then nobody looks at the exception.
                _ = source.Task.Exception;
            }
        }

        private ModelCatalog Accept(ModelCatalog catalog)
        {
            lock (_gate)
            {
                _refresh = null;

                // A list that has become empty is a fault of the gateway rather than the end of all models.
                var isDoubtful = catalog.Models.Count == 0 && _current is { Models.Count: > 0 };
                if (isDoubtful)
                {
                    _retryAt = time.GetUtcNow() + CCApiDefaults.CatalogRetryDelay;
                    return _current!;
                }

                _current = catalog;
                _retryAt = DateTimeOffset.MinValue;

                return catalog;
            }
        }

        private void Reject()
        {
            lock (_gate)
            {
                _refresh = null;
                _retryAt = time.GetUtcNow() + CCApiDefaults.CatalogRetryDelay;
            }
        }
    }
}
