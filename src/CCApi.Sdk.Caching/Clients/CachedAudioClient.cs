using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching;

/// <summary>Speech with a cache in front of it.</summary>
internal sealed class CachedAudioClient(AudioClient inner, MediaCache cache, string? partition) : AudioClient
{
    public override Task<AudioSpeechResponse> CreateSpeechAsync(
        AudioSpeechRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(request);
        return cache.IsUsedBy(options) && CacheRules.MayCache(request)
            ? CreateCachedAsync(request, options, cancellationToken)
            : inner.CreateSpeechAsync(request, options, cancellationToken);
    }

    public override async Task<MediaStream> StreamSpeechAsync(
        AudioSpeechRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(request);
        var isCached = cache.IsUsedBy(options) && CacheRules.MayCache(request);
        if (!isCached)
        {
            return await inner.StreamSpeechAsync(request, options, cancellationToken).ConfigureAwait(false);
        }

        var speech = await CreateCachedAsync(request, options, cancellationToken).ConfigureAwait(false);

        return await PaidSpeech.OpenAsync(speech, () => inner.OpenReadAsync(speech, options, cancellationToken)).ConfigureAwait(false);
    }

    public override Task<MediaStream> OpenReadAsync(
        AudioSpeechResponse speech, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.OpenReadAsync(speech, options, cancellationToken);

    public override Task<string> SaveAsync(
        AudioSpeechResponse speech,
        string path,
        MediaSaveOptions? saveOptions = null,
        CancellationToken cancellationToken = default) =>
        inner.SaveAsync(speech, path, saveOptions, cancellationToken);

    private Task<AudioSpeechResponse> CreateCachedAsync(
        AudioSpeechRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        var own = options?.Clone();
        var key = new RequestKey("speech", inner.BaseAddress, partition, own, request, inner.Options?.Headers);
        var call = new SpeechCall(inner, key.Copy(AudioSpeechRequest.ReadFrom), new CallOptions(own, inner.Options), cache.MaxEntryBytes);
        return cache.GetAsync(key.Text, call, cancellationToken);
    }
}
