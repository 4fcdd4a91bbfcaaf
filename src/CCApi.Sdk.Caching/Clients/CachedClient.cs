using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching;

/// <summary>A client with a cache in front of its speech and images.</summary>
internal sealed class CachedClient(CCApiClient inner, MediaCache cache, string? partition) : CCApiClient
{
    public override CostTracker Costs => inner.Costs;

    public override ChatClient Chat => inner.Chat;

    public override AudioClient Audio { get; } = new CachedAudioClient(inner.Audio, cache, partition);

    public override ImagesClient Images { get; } = new CachedImagesClient(inner.Images, cache, partition);

    public override CatalogClient Catalog => inner.Catalog;

    public override Task<TResponse> SendAsync<TRequest, TResponse>(
        HttpMethod method,
        string path,
        TRequest? body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
        where TRequest : default =>
        inner.SendAsync(method, path, body, requestType, responseType, options, cancellationToken);

    public override Task<TResponse> SendAsync<TResponse>(
        HttpMethod method,
        string path,
        JsonTypeInfo<TResponse> responseType,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        inner.SendAsync(method, path, responseType, options, cancellationToken);

    public override Task<TResponse> SendAsync<TResponse>(
        HttpMethod method,
        string path,
        HttpContent content,
        JsonTypeInfo<TResponse> responseType,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        inner.SendAsync(method, path, content, responseType, options, cancellationToken);

    public override Task<CCApiResponse> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        inner.SendAsync(method, path, content, options, cancellationToken);

    public override CallExplanation Explain(ChatCompletionRequest request, CCApiRequestOptions? options = null) =>
        inner.Explain(request, options);

    public override CallExplanation Explain(AudioSpeechRequest request, CCApiRequestOptions? options = null) =>
        inner.Explain(request, options);

    public override CallExplanation Explain(LegacyImageGenerationRequest request, CCApiRequestOptions? options = null) =>
        inner.Explain(request, options);

    public override CallExplanation Explain(MultimodalImageGenerationRequest request, CCApiRequestOptions? options = null) =>
        inner.Explain(request, options);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
