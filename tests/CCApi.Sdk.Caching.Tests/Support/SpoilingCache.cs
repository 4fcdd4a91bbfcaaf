using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;

namespace CCApi.Sdk.Caching.Tests.Support;

/// <summary>A distributed cache of files that changes the end of what it keeps, as a faulty disk does.</summary>
internal sealed class SpoilingCache(string folder) : IDistributedCache
{
    private readonly FileCache _inner = new(folder);

    public byte[]? Get(string key) => Spoiled(_inner.Get(key));

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Spoiled(await _inner.GetAsync(key, token));

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => _inner.Set(key, value, options);

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        _inner.SetAsync(key, value, options, token);

    public void Remove(string key) => _inner.Remove(key);

    public Task RemoveAsync(string key, CancellationToken token = default) => _inner.RemoveAsync(key, token);

    public void Refresh(string key) => _inner.Refresh(key);

    public Task RefreshAsync(string key, CancellationToken token = default) => _inner.RefreshAsync(key, token);

    private static byte[]? Spoiled(byte[]? value)
    {
        if (value is null)
        {
            return null;
        }

        // In the middle, where neither the platform's own bytes nor lengths are.
        value[value.Length / 2] ^= 1;

        return value;
    }
}
