using System;

namespace CCApi.Sdk.Caching;

/// <summary>Puts a cache in front of clients.</summary>
public static class CCApiCachingExtensions
{
    /// <summary>A client whose speech and images are paid once. Everything else is as it was.</summary>
    /// <param name="client">The client. Disposing of the new one disposes of it.</param>
    /// <param name="cache">The cache, which may serve many clients. It is not disposed of with them.</param>
    /// <param name="partition">
    /// What separates the entries of this client from those of others, such as an account; null for those that all without one
    /// share.
    /// </param>
    /// <exception cref="ArgumentNullException">The client or the cache is null.</exception>
    /// <example><code>
    /// await using var cache = new MediaCache();
    /// using var client = new CCApiClient(key).WithMediaCache(cache);
    /// </code></example>
    public static CCApiClient WithMediaCache(this CCApiClient client, MediaCache cache, string? partition = null) =>
        new CachedClient(Require.NotNull(client, nameof(client)), Require.NotNull(cache, nameof(cache)), partition);

    /// <summary>A facade whose speech is paid once.</summary>
    /// <param name="audio">The facade.</param>
    /// <param name="cache">The cache.</param>
    /// <param name="partition">What separates the entries of this facade from those of others; null for those that are shared.</param>
    /// <exception cref="ArgumentNullException">The facade or the cache is null.</exception>
    /// <example><code>
    /// var audio = client.Audio.WithMediaCache(cache);
    /// var speech = await audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");
    /// </code></example>
    public static AudioClient WithMediaCache(this AudioClient audio, MediaCache cache, string? partition = null) =>
        new CachedAudioClient(Require.NotNull(audio, nameof(audio)), Require.NotNull(cache, nameof(cache)), partition);

    /// <summary>A facade whose images are paid once, where requests ask for the same image again.</summary>
    /// <param name="images">The facade.</param>
    /// <param name="cache">The cache.</param>
    /// <param name="partition">What separates the entries of this facade from those of others; null for those that are shared.</param>
    /// <exception cref="ArgumentNullException">The facade or the cache is null.</exception>
    /// <example><code>
    /// var images = client.Images.WithMediaCache(cache);
    /// var fox = await images.GenerateAsync(
    ///     MultimodalImageGenerationRequest.FromPrompt("A fox.").WithModel("imaginepro/nano-banana").WithSeed(7));
    /// </code></example>
    public static ImagesClient WithMediaCache(this ImagesClient images, MediaCache cache, string? partition = null) =>
        new CachedImagesClient(Require.NotNull(images, nameof(images)), Require.NotNull(cache, nameof(cache)), partition);
}
