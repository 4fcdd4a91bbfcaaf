using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;

namespace CCApi.Sdk.Caching;

/// <summary>
/// A distributed cache whose writes can be waited for: callers get their response before it is written, and a program that ends
/// then would pay again. One that does not respond is as one that is down.
/// </summary>
/// <param name="inner">The distributed cache, which is the caller's and is not disposed of.</param>
/// <param name="time">The clock.</param>
internal sealed class PendingWrites(IDistributedCache inner, TimeProvider time) : IDistributedCache
{
    /// <summary>How long a caller waits for what is in the distributed cache.</summary>
    private static readonly TimeSpan _longestRead = TimeSpan.FromSeconds(5);

    // Longer than a write takes. It is only reached when the distributed cache does not respond.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _expected = new(StringComparer.Ordinal);

    /// <summary>Expects that an entry is written, which begins a moment later.</summary>
    public void Expect(string key) =>
        _expected.TryAdd(key, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Waits until what is expected is written, or has failed. It never throws.</summary>
    public async Task WaitAsync() =>
        await Task.WhenAll(_expected.Values.Select(static write => write.Task))
            .WaitAsync(_patience)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public byte[]? Get(string key) => inner.Get(key);

    /// <remarks>On a thread of its own, because it may block.</remarks>
    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        Task.Run(() => inner.GetAsync(key, token), token).WaitAsync(_longestRead, time, token);

    public void Refresh(string key) => inner.Refresh(key);

    public Task RefreshAsync(string key, CancellationToken token = default) => inner.RefreshAsync(key, token);

    public void Remove(string key) => inner.Remove(key);

    public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, value, options);

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        try
        {
            await inner.SetAsync(key, value, options, token).ConfigureAwait(false);
        }
        finally
        {
            if (_expected.TryRemove(key, out var write))
            {
                write.SetResult();
            }
        }
    }
}
