using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;

namespace CCApi.Sdk.Caching;

/// <summary>
/// A distributed cache whose writes can be waited for: callers get their response before it is written, and a program that ends
/// then would pay again. One that does not respond in time is as one that is down, and is left alone for a while: neither read nor
/// written.
/// </summary>
/// <param name="inner">The distributed cache, which is the caller's and is not disposed of.</param>
/// <param name="time">The clock.</param>
internal sealed class PendingWrites(IDistributedCache inner, TimeProvider time) : IDistributedCache
{
    /// <summary>How long a caller waits for what is in the distributed cache.</summary>
    private static readonly TimeSpan _longestRead = TimeSpan.FromSeconds(5);

    // Longer than a write takes. It is only reached when the distributed cache does not respond.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>How long a distributed cache that did not respond in time is left alone.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, ExpectedWrite> _expected = new(StringComparer.Ordinal);
    private readonly ReadLimits _limits = new(time);
    private long _pauseStart;
    private volatile bool _isPaused;

    /// <summary>Expects that an entry is written, which begins a moment later.</summary>
    public void Expect(string key) => _expected[key] = new ExpectedWrite(time.GetTimestamp());

    /// <summary>Waits until what is expected is written, or has failed. It never throws.</summary>
    /// <remarks>
    /// What is not written within the patience from when it was expected never will be, such as what cannot be serialized.
    /// </remarks>
    public async Task WaitAsync() =>
        await Task.WhenAll(_expected.Values.Select(WaitAsync)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Limits how long a caller waits for the read of an entry, until the result is disposed.</summary>
    /// <param name="key">The entry.</param>
    /// <param name="limit">The longest wait; null for the usual one.</param>
    public IDisposable? LimitRead(string key, TimeSpan? limit) => limit < _longestRead ? _limits.Add(key, limit.Value) : null;

    public byte[]? Get(string key) => inner.Get(key);

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        if (IsPaused)
        {
            return Task.FromResult<byte[]?>(null);
        }

        var read = ReadAsync(key, token);
        _ = ObserveAsync(read);

        return _limits.WaitAsync(key, read, token);
    }

    public void Refresh(string key) => inner.Refresh(key);

    public Task RefreshAsync(string key, CancellationToken token = default) => inner.RefreshAsync(key, token);

    public void Remove(string key) => inner.Remove(key);

    public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, value, options);

    /// <remarks>The token is that of the callers, and what they have paid for is written without them.</remarks>
    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        try
        {
            if (!IsPaused)
            {
                // On a thread of its own, because it may block.
                var write = Task.Run(() => inner.SetAsync(key, value, options, CancellationToken.None), CancellationToken.None);
                await OrPauseAsync(write, _patience).ConfigureAwait(false);
            }
        }
        finally
        {
            if (_expected.TryRemove(key, out var expected))
            {
                expected.End();
            }
        }
    }

    private bool IsPaused
    {
        get
        {
            if (_isPaused && time.GetElapsedTime(Volatile.Read(ref _pauseStart)) >= _pause)
            {
                _isPaused = false;
            }

            return _isPaused;
        }
    }

    private Task WaitAsync(ExpectedWrite write)
    {
        var left = _patience - time.GetElapsedTime(write.Start);

        return write.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
    }

    /// <remarks>
    /// On a thread of its own, because it may block. Whether it responds in time does not depend on the callers, who may wait for
    /// less.
    /// </remarks>
    private async Task<byte[]?> ReadAsync(string key, CancellationToken token)
    {
        var read = Task.Run(() => inner.GetAsync(key, token), token);
        await OrPauseAsync(read, _longestRead).ConfigureAwait(false);

        return await read.ConfigureAwait(false);
    }

    private async Task OrPauseAsync(Task operation, TimeSpan longest)
    {
        try
        {
            await operation.WaitAsync(longest, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!operation.IsCompleted)
        {
            _ = ObserveAsync(operation);
            Volatile.Write(ref _pauseStart, time.GetTimestamp());
            _isPaused = true;
            throw;
        }
    }

    /// <summary>Observes the exception of what may end when nobody waits any more.</summary>
    private static async Task ObserveAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <param name="start">When it was expected, as a timestamp.</param>
    private sealed class ExpectedWrite(long start)
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Start => start;

        public Task Task => _end.Task;

        public void End() => _end.TrySetResult();
    }
}
