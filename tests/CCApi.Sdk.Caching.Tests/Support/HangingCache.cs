using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;

namespace CCApi.Sdk.Caching.Tests.Support;

/// <summary>A distributed cache that does not respond and ignores its tokens, until the test releases it.</summary>
internal sealed class HangingCache : IDistributedCache
{
    private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<byte[]?> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task IsRead => _isRead.Task;

    /// <summary>Whether a write blocks its thread.</summary>
    public bool BlocksWrites { get; init; }

    public void Release() => _response.TrySetResult(null);

    public byte[]? Get(string key) => throw new NotSupportedException();

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        _isRead.TrySetResult();
        return _response.Task;
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        if (BlocksWrites)
        {
            _response.Task.Wait(CancellationToken.None);
        }

        return _response.Task;
    }

    public void Remove(string key) => throw new NotSupportedException();

    public Task RemoveAsync(string key, CancellationToken token = default) => _response.Task;

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => _response.Task;
}
