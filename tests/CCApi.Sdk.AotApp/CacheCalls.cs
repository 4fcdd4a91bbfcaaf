using System;
using System.Threading.Tasks;
using CCApi.Sdk.Caching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CCApi.Sdk.AotApp;

/// <summary>Speech through a cache, from its memory and from a distributed cache.</summary>
internal static class CacheCalls
{
    public static async Task RunAsync(CCApiClient client, Action<string, bool> report)
    {
        var options = new MediaCacheOptions { DistributedCache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())) };
        await using (var cache = new MediaCache(options))
        {
            report("speech that is paid", await CostAsync(client, cache) == CostSource.Reported);
            report("speech from the memory of a cache", await CostAsync(client, cache) == CostSource.Cache);
        }

        await using var next = new MediaCache(options);
        report("speech from a distributed cache", await CostAsync(client, next) == CostSource.Cache);
    }

    private static async Task<CostSource> CostAsync(CCApiClient client, MediaCache cache)
    {
        var speech = await client.Audio.WithMediaCache(cache).CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Hello.", "aria");
        return speech.B64Audio!.Length > 1000 ? speech.Info!.Cost.Source : CostSource.Unknown;
    }
}
