using System;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Caching.Tests.Support;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CCApi.Sdk.Caching.Tests;

public class CCApiMediaCacheServiceCollectionExtensionsTests
{
    [Fact]
    public async Task AddCcApiMediaCache_ClientAndFacades_AreCached()
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await CCApiEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddSingleton<IDistributedCache>(new FileCache(folder.Root));
        services.AddCcApi(options => (options.ApiKey, options.BaseAddress, options.AllowInsecureHttp) = (emulator.ApiKey, emulator.BaseAddress, true));
        services.AddCcApiMediaCache();
        services.AddCcApiMediaCache(options => options.MaxEntryBytes = 1024 * 1024);

        await using (var provider = services.BuildServiceProvider())
        {
            await SpeakAsync(provider.GetRequiredService<CCApiClient>().Audio);
            await SpeakAsync(provider.GetRequiredService<AudioClient>());
            Assert.Equal(1024 * 1024, provider.GetRequiredService<MediaCache>().MaxEntryBytes);
        }

        Assert.Equal(1, emulator.Ledger.Count);
        Assert.Single(folder.Files);
    }

    [Fact]
    public async Task AddKeyedCcApiMediaCache_Clients_HaveEntriesOfTheirOwn()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        var services = new ServiceCollection();
        foreach (var name in new[] { "one", "two", "three" })
        {
            services.AddKeyedCcApi(name, options => (options.ApiKey, options.BaseAddress, options.AllowInsecureHttp) = (emulator.ApiKey, emulator.BaseAddress, true));
        }

        services.AddKeyedCcApiMediaCache("one");
        services.AddKeyedCcApiMediaCache("two");
        await using var provider = services.BuildServiceProvider();

        foreach (var name in new[] { "one", "two", "three", "one", "two", "three" })
        {
            await SpeakAsync(provider.GetRequiredKeyedService<AudioClient>(name));
        }

        Assert.Equal(4, emulator.Ledger.Count);
    }

    [Fact]
    public void AddCcApiMediaCache_WithoutAClient_SaysWhatIsMissing()
    {
        var services = new ServiceCollection();

        var exception = Assert.Throws<InvalidOperationException>(() => services.AddCcApiMediaCache());
        var keyed = Assert.Throws<InvalidOperationException>(() => services.AddKeyedCcApiMediaCache("tenant"));

        Assert.Equal("There is no client to cache for: call AddCcApi before AddCcApiMediaCache.", exception.Message);
        Assert.Equal("There is no client \"tenant\" to cache for: call AddKeyedCcApi before AddKeyedCcApiMediaCache.", keyed.Message);
    }

    private static Task<AudioSpeechResponse> SpeakAsync(AudioClient audio) => audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");
}
