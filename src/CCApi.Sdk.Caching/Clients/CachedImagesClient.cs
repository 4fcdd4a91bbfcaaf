using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching;

/// <summary>Images with a cache in front of them.</summary>
internal sealed class CachedImagesClient(ImagesClient inner, MediaCache cache, string? partition) : ImagesClient
{
    public override Task<LegacyImageGenerationResponse> GenerateAsync(
        LegacyImageGenerationRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(request);
        var isCached = cache.IsUsedBy(options) && CacheRules.MayCache(request);
        if (!isCached)
        {
            return inner.GenerateAsync(request, options, cancellationToken);
        }

        var own = options?.Clone();
        var key = new RequestKey("images", inner.BaseAddress, partition, own, request, inner.Options?.Headers);
        var copy = key.Copy(LegacyImageGenerationRequest.ReadFrom);
        var call = new LegacyImageCall(inner, copy, new CallOptions(own, inner.Options), cache.MaxEntryBytes);
        return cache.GetAsync(key.Text, call, cancellationToken);
    }

    public override async Task<MultimodalImageGenerationResponse> GenerateAsync(
        MultimodalImageGenerationRequest request,
        IProgress<MultimodalImageGenerationResponse>? progress,
        ImageJobWaitOptions? waitOptions,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        Require.NotNull(request, nameof(request));
        request.Check(nameof(request));
        var isCached = cache.IsUsedBy(options) && CacheRules.MayCache(request);
        if (!isCached)
        {
            return await inner.GenerateAsync(request, progress, waitOptions, options, cancellationToken).ConfigureAwait(false);
        }

        waitOptions?.Check(nameof(waitOptions));
        var own = options?.Clone();
        var key = new RequestKey("image", inner.BaseAddress, partition, own, request, inner.Options?.Headers);
        var copy = key.Copy(MultimodalImageGenerationRequest.ReadFrom);
        var call = new ImageCall(inner, copy, new CallOptions(own, inner.Options), cache.MaxEntryBytes)
        {
            Progress = progress,
            WaitOptions = waitOptions?.Clone(),
        };
        var images = await cache.GetAsync(key.Text, call, cancellationToken).ConfigureAwait(false);
        if (!call.IsSent)
        {
            progress?.Report(images);
        }

        return images;
    }

    public override Task<ImageJob> StartAsync(
        MultimodalImageGenerationRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.StartAsync(request, options, cancellationToken);

    public override Task<MultimodalImageGenerationResponse> GetJobAsync(
        string id, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.GetJobAsync(id, options, cancellationToken);

    public override ImageJob ResumeJob(string id, CCApiRequestOptions? options = null) => inner.ResumeJob(id, options);

    public override Task<MediaStream> OpenReadAsync(
        ImageDatum image, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.OpenReadAsync(image, options, cancellationToken);

    public override Task<string> SaveAsync(
        ImageDatum image,
        string path,
        MediaSaveOptions? saveOptions = null,
        CancellationToken cancellationToken = default) =>
        inner.SaveAsync(image, path, saveOptions, cancellationToken);
}
