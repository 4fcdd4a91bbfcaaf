using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;

namespace CCApi.Sdk.Caching.Tests.Support;

/// <summary>A distributed cache of files, which survives a restart. It keeps everything for ever.</summary>
internal sealed class FileCache(string folder) : IDistributedCache
{
    public DistributedCacheEntryOptions? LastOptions { get; private set; }

    public byte[]? Get(string key) => File.Exists(At(key)) ? File.ReadAllBytes(At(key)) : null;

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        File.Exists(At(key)) ? await File.ReadAllBytesAsync(At(key), token) : null;

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) =>
        SetAsync(key, value, options).GetAwaiter().GetResult();

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        LastOptions = options;
        var unfinished = At(key) + ".tmp";
        await File.WriteAllBytesAsync(unfinished, value, token);
        File.Move(unfinished, At(key), overwrite: true);
    }

    public void Remove(string key) => File.Delete(At(key));

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    public void Refresh(string key)
    {
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    private string At(string key) => Path.Combine(folder, key);
}
