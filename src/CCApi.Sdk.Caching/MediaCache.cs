using System;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace CCApi.Sdk.Caching;

/// <summary>
/// Keeps paid speech and images, in the memory of this process and, with <see cref="MediaCacheOptions.DistributedCache"/>, beyond
/// it. Equal requests are charged once, also at the same time. Thread-safe; it may serve many clients.
/// </summary>
/// <remarks>
/// Requests whose result should differ are never cached: images without a seed, several images. A failure is not cached either,
/// and nothing that goes wrong in the cache fails a call. Create it here, or with <c>AddCcApiMediaCache</c>.
/// </remarks>
/// <example><code>
/// await using var cache = new MediaCache(new MediaCacheOptions { DistributedCache = redis });
/// using var client = new CCApiClient(key).WithMediaCache(cache);
/// </code></example>
public sealed class MediaCache : IAsyncDisposable, IDisposable
{
    // What the cache and the serializer add to an entry.
    private const int OverheadBytes = 64 * 1024;

    private readonly MediaCacheOptions _options;
    private readonly ServiceProvider _services;
    private readonly HybridCache _cache;
    private readonly HybridCacheEntryOptions _entryOptions;
    private readonly HybridCacheEntryOptions _memoryOptions;
    private readonly PendingWrites? _writes;
    private readonly object _gate = new();
    private int _calls;
    private bool _isDisposed;
    private TaskCompletionSource? _lastCall;

    /// <summary>Creates a cache.</summary>
    /// <param name="options">The settings; null for the defaults. They are copied.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public MediaCache(MediaCacheOptions? options = null)
    {
        _options = (options ?? new MediaCacheOptions()).CheckedCopy(nameof(options));
        _writes = _options.DistributedCache is { } distributed ? new PendingWrites(distributed, _options.TimeProvider) : null;
        _services = CreateServices(_options, _writes);
        _cache = _services.GetRequiredService<HybridCache>();
        _entryOptions = new HybridCacheEntryOptions
        {
            Expiration = _options.Expiration,
            LocalCacheExpiration = _options.LocalExpiration < _options.Expiration ? _options.LocalExpiration : _options.Expiration,
        };
        _memoryOptions = new HybridCacheEntryOptions
        {
            Expiration = _entryOptions.LocalCacheExpiration,
            LocalCacheExpiration = _entryOptions.LocalCacheExpiration,
            Flags = HybridCacheEntryFlags.DisableDistributedCache,
        };
    }

    internal int MaxEntryBytes => _options.MaxEntryBytes;

    /// <summary>Ends the cache. What is being written to the distributed cache may be lost: prefer <see cref="DisposeAsync"/>.</summary>
    /// <remarks>Calls under way get their responses; those that begin later are sent without the cache.</remarks>
    public void Dispose()
    {
        lock (_gate)
        {
            var isUsed = _calls > 0;
            if (_isDisposed || isUsed)
            {
                // The last call ends it.
                _isDisposed = true;
                return;
            }

            _isDisposed = true;
        }

        _services.Dispose();
    }

    /// <summary>Waits until everything is written to the distributed cache, and ends the cache.</summary>
    /// <remarks>
    /// With a distributed cache it waits for the calls under way, whose responses are written too. Calls that begin later are sent
    /// without the cache.
    /// </remarks>
    public async ValueTask DisposeAsync()
    {
        if (_writes is null)
        {
            Dispose();
            return;
        }

        await EndCallsAsync().ConfigureAwait(false);
        await _writes.WaitAsync().ConfigureAwait(false);
        await _services.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Whether a call uses the cache.</summary>
    internal bool IsUsedBy(CCApiRequestOptions? options) => options?.UseCache ?? !_options.OnlyWhenRequested;

    /// <summary>The response of an equal request, or that of this call when there is none.</summary>
    internal async Task<T> GetAsync<T>(string key, MediaCall<T> call, CancellationToken cancellationToken)
        where T : class, IJsonModel
    {
        if (!TryEnter())
        {
            return await call.SendAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            // An entry that cannot be read stays where it is: removing it could remove the readable one that another caller has
            // paid for. Where the second cannot be read either, memory alone shares the call.
            return await TryGetAsync(key, call, _entryOptions, cancellationToken).ConfigureAwait(false)
                ?? await TryGetAsync(key + "-b", call, _entryOptions, cancellationToken).ConfigureAwait(false)
                ?? await TryGetAsync(key + "-m", call, _memoryOptions, cancellationToken).ConfigureAwait(false)
                ?? await call.SendAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Lets no further call enter, and waits for those under way.</summary>
    private Task EndCallsAsync()
    {
        lock (_gate)
        {
            _isDisposed = true;
            if (_calls == 0)
            {
                return Task.CompletedTask;
            }

            _lastCall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

            return _lastCall.Task;
        }
    }

    private bool TryEnter()
    {
        lock (_gate)
        {
            _calls += _isDisposed ? 0 : 1;
            return !_isDisposed;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _calls--;
            var isLast = _isDisposed && _calls == 0;
            if (!isLast)
            {
                return;
            }

            if (_lastCall is not null)
            {
                // DisposeAsync ends the cache when everything is written.
                _lastCall.SetResult();
                return;
            }
        }

        _services.Dispose();
    }

    /// <summary>The same by one key; null when its entry cannot be read.</summary>
    private async Task<T?> TryGetAsync<T>(
        string key, MediaCall<T> call, HybridCacheEntryOptions options, CancellationToken cancellationToken)
        where T : class, IJsonModel
    {
        var isWritten = !ReferenceEquals(options, _memoryOptions);
        var start = Stopwatch.GetTimestamp();
        CachedMedia? entry = null;
        while (entry is null)
        {
            try
            {
                using var limit = _writes?.LimitRead(key, call.Options.LongestRead);
                entry = await _cache.GetOrCreateAsync(
                    key,
                    (Cache: this, Key: isWritten ? key : null, Call: call, Start: _options.TimeProvider.GetTimestamp(), Limit: limit),
                    static (state, token) =>
                    {
                        // It has waited, and must not limit the read of a caller who tries after it.
                        state.Limit?.Dispose();
                        return state.Cache.RunAsync(state.Key, state.Call, state.Start, token);
                    },
                    options,
                    cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            catch (SharedOutcomeException outcome)
            {
                ThrowIfFailed(call, outcome);
                entry = outcome.Response;
            }
        }

        return call.Response ?? call.Read(entry, Stopwatch.GetElapsedTime(start));
    }

    /// <param name="key">What the entry is written under in the distributed cache; null for nothing.</param>
    /// <param name="call">The call.</param>
    /// <param name="start">When it began to wait, as a timestamp.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    private async ValueTask<CachedMedia> RunAsync<T>(string? key, MediaCall<T> call, long start, CancellationToken cancellationToken)
        where T : class, IJsonModel
    {
        call.Options.Spend(_options.TimeProvider.GetElapsedTime(start));
        var entry = await call.RunAsync(cancellationToken).ConfigureAwait(false);
        if (key is not null)
        {
            _writes?.Expect(key);
        }

        return entry;
    }

    /// <summary>
    /// Throws a failure to those whom it concerns. A caller whose call was not the one that was sent tries its own when it uses
    /// another client, with another key, or when only the budget of the other was used up, or its options were wrong.
    /// </summary>
    private static void ThrowIfFailed<T>(MediaCall<T> call, SharedOutcomeException outcome)
        where T : class, IJsonModel
    {
        if (outcome.InnerException is not { } failure)
        {
            return;
        }

        var isOfOther = !ReferenceEquals(outcome.Client, call.Client) || failure is CCApiBudgetExceededException or ArgumentException;
        if (call.IsSent || !isOfOther)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>A cache of its own: media are large, and neither crowd out what else an application caches nor change its limits.</summary>
    private static ServiceProvider CreateServices(MediaCacheOptions options, IDistributedCache? distributed)
    {
        var services = new ServiceCollection();
        services.AddMemoryCache(memory => memory.SizeLimit = options.MaxMemoryBytes);
        services.AddHybridCache(hybrid => hybrid.MaximumPayloadBytes = (long)options.MaxEntryBytes + OverheadBytes)
            .AddSerializer<CachedMedia, CachedMediaSerializer>();
        if (distributed is not null)
        {
            services.AddSingleton(distributed);
        }

        if (options.LoggerFactory is { } loggers)
        {
            services.AddSingleton(loggers);
        }

        return services.BuildServiceProvider();
    }
}
