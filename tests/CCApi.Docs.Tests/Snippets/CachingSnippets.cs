using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Caching;
using CCApi.Sdk.Models;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

/// <summary>The code of docs/caching.md and of the readme of its package.</summary>
public class CachingSnippets
{
    [Fact]
    public async Task Speech_ThatIsEqual_IsPaidOnce()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();

        var cached = await ReadmeAsync(client, new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())));

        Assert.Equal("0 USD (from a cache)", cached.Info!.Cost.ToString());
        Assert.Equal(1, emulator.Ledger.Count);
    }

    [Fact]
    public async Task Services_WithACache_HaveCachedFacades()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        var services = new ServiceCollection();
        Guide(services);
        services.Configure<CCApiClientOptions>(options => (options.ApiKey, options.BaseAddress) = (emulator.ApiKey, emulator.BaseAddress));
        await using var provider = services.BuildServiceProvider();

        for (var i = 0; i < 2; i++)
        {
            await provider.GetRequiredService<AudioClient>().CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");
        }

        Assert.Equal(1, emulator.Ledger.Count);
    }

    private static void Guide(IServiceCollection services)
    {
        #region GUIDE
        services.AddCcApi();
        services.AddCcApiMediaCache(); // with the registered IDistributedCache, such as that of AddStackExchangeRedisCache
        #endregion
    }

    private static async Task<AudioSpeechResponse> ReadmeAsync(CCApiClient client, IDistributedCache redis)
    {
        #region README
        await using var cache = new MediaCache(new MediaCacheOptions { DistributedCache = redis });
        var audio = client.Audio.WithMediaCache(cache); // or client.WithMediaCache(cache) for all of it

        var paid = await audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");
        var cached = await audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");
        Console.WriteLine($"{cached.Info!.Cost}"); // 0 USD (from a cache)
        #endregion

        Assert.Equal(CostSource.Reported, paid.Info!.Cost.Source);
        return cached;
    }
}
