using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching;

/// <summary>A call for an image by the OpenAI-compatible operation.</summary>
internal sealed class LegacyImageCall(
    ImagesClient client, LegacyImageGenerationRequest request, CallOptions options, int maxBytes)
    : MediaCall<LegacyImageGenerationResponse>(client, options, request.Model, maxBytes)
{
    public override Task<LegacyImageGenerationResponse> SendAsync(CancellationToken cancellationToken) =>
        client.GenerateAsync(request, Options.Value, cancellationToken);

    protected override LegacyImageGenerationResponse? ReadFrom(ref Utf8JsonReader reader) =>
        LegacyImageGenerationResponse.ReadFrom(ref reader);

    protected override MediaPart[] PartsOf(LegacyImageGenerationResponse response) => ImageParts.Of(response.Data);

    protected override void Put(LegacyImageGenerationResponse response, int index, MediaPart part) =>
        ImageParts.Put(response.Data![index], part);

    protected override Task<MediaStream> OpenAsync(
        LegacyImageGenerationResponse response, int index, CancellationToken cancellationToken) =>
        client.OpenReadAsync(response.Data![index], Options.Value, cancellationToken);

    protected override void SetInfo(LegacyImageGenerationResponse response, CCApiResponseInfo info) => response.Info = info;

    protected override bool IsOfModel(LegacyImageGenerationResponse response) => RequestedModel.WasCalled(Model, response.Info);
}
