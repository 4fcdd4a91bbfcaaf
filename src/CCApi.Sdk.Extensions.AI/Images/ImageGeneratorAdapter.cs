using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>An image model of the gateway as <see cref="IImageGenerator"/>.</summary>
internal sealed class ImageGeneratorAdapter : IImageGenerator
{
    private readonly ImagesClient _client;
    private readonly ImageRequestWriter _requests;
    private readonly ImageGeneratorMetadata _metadata;

    public ImageGeneratorAdapter(ImagesClient client, string model)
    {
        _client = client;
        _requests = new ImageRequestWriter(model);
        _metadata = new ImageGeneratorMetadata(Provider.Name, client.BaseAddress, model);
    }

    public async Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(request, nameof(request));
        var wire = _requests.Write(this, request, options);
        var call = CallOptions.Of(options?.AdditionalProperties);
        var reader = new ImageResponseReader(_client, options?.ResponseFormat, call);
        if (wire is Wire.LegacyImageGenerationRequest legacy)
        {
            var generated = await _client.GenerateAsync(legacy, call, cancellationToken).ConfigureAwait(false);
            var requested = ((Wire.IPricedRequest)legacy).Images;
            return await reader.ReadAsync(generated.Data, requested, generated, generated.Usage, cancellationToken).ConfigureAwait(false);
        }

        var multimodal = (Wire.MultimodalImageGenerationRequest)wire;
        var edited = await _client.GenerateAsync(multimodal, call, cancellationToken).ConfigureAwait(false);
        var count = ((Wire.IPricedRequest)multimodal).Images;
        return await reader.ReadAsync(edited.Data, count, edited, usage: null, cancellationToken).ConfigureAwait(false);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        AdapterServices.Find(serviceType, serviceKey, this, _metadata, _client);

    /// <summary>Does nothing: the facade belongs to its client.</summary>
    public void Dispose()
    {
    }
}
