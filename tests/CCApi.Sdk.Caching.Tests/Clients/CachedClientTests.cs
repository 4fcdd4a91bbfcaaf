using System;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Caching.Tests.Clients;

public class CachedClientTests
{
    // These call what is overridden.
    private static readonly string[] _inherited = ["SpeakToFileAsync", "GenerateToFilesAsync", "CreateSpeechAsync(String", "GenerateAsync(String"];

    [Theory]
    [InlineData(typeof(CachedClient))]
    [InlineData(typeof(CachedAudioClient))]
    [InlineData(typeof(CachedImagesClient))]
    public void Members_ThatCanBeOverridden_Are(Type type)
    {
        var missing = type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(method => method.IsVirtual && !method.IsFinal && method.DeclaringType == type.BaseType)
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})")
            .Where(method => !_inherited.Any(method.StartsWith));

        var expected = type == typeof(CachedImagesClient) ? ["GenerateAsync(MultimodalImageGenerationRequest, CCApiRequestOptions, CancellationToken)"] : Array.Empty<string>();
        Assert.Equal(expected, missing);
    }

    [Fact]
    public async Task OtherCalls_AreThoseOfTheClient()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var inner = emulator.CreateClient();
        using var client = inner.WithMediaCache(cache);
        var chat = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("Hello")] };

        Assert.Same(inner.Chat, client.Chat);
        Assert.Same(inner.Catalog, client.Catalog);
        Assert.Same(inner.Costs, client.Costs);
        Assert.Equal(inner.Explain(chat).Body, client.Explain(chat).Body);
        Assert.NotEmpty(client.Explain(new AudioSpeechRequest { Model = "m", Input = "i" }).Curl);
        Assert.NotEmpty(client.Explain(new LegacyImageGenerationRequest { Model = "m", Prompt = "p" }).Curl);
        Assert.NotEmpty(client.Explain(MultimodalImageGenerationRequest.FromPrompt("p")).Curl);
        using var models = await client.SendAsync(HttpMethod.Get, "models", content: null);
        Assert.Equal(200, (int)models.StatusCode);
    }

    [Fact]
    public async Task Dispose_DisposesOfTheClientAndNotOfTheCache()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        var inner = emulator.CreateClient();
        inner.WithMediaCache(cache).Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => inner.Audio.CreateSpeechAsync("m", "Welcome.", "aria"));
        using var other = emulator.CreateClient().WithMediaCache(cache);
        await other.Audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");
    }
}
