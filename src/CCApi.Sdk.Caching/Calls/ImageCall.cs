using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching;

/// <summary>A call for images by the multimodal operation, with the job that it may start.</summary>
internal sealed class ImageCall(
    ImagesClient client, MultimodalImageGenerationRequest request, CallOptions options, int maxBytes)
    : MediaCall<MultimodalImageGenerationResponse>(client, options, request.Model, maxBytes)
{
    public IProgress<MultimodalImageGenerationResponse>? Progress { get; init; }

    public ImageJobWaitOptions? WaitOptions { get; init; }

    public override Task<MultimodalImageGenerationResponse> SendAsync(CancellationToken cancellationToken) =>
        client.GenerateAsync(request, Progress, WaitOptions, Options.Value, cancellationToken);

    protected override MultimodalImageGenerationResponse? ReadFrom(ref Utf8JsonReader reader) =>
        MultimodalImageGenerationResponse.ReadFrom(ref reader);

    protected override MediaPart[] PartsOf(MultimodalImageGenerationResponse response) => ImageParts.Of(response.Data);

    protected override void Put(MultimodalImageGenerationResponse response, int index, MediaPart part) =>
        ImageParts.Put(response.Data![index], part);

    protected override Task<MediaStream> OpenAsync(
        MultimodalImageGenerationResponse response, int index, CancellationToken cancellationToken) =>
        client.OpenReadAsync(response.Data![index], Options.Value, cancellationToken);

    protected override void SetInfo(MultimodalImageGenerationResponse response, CCApiResponseInfo info) => response.Info = info;

    /// <remarks>The end of a job is from a poll, whose attempts name no model.</remarks>
    protected override bool IsOfModel(MultimodalImageGenerationResponse response) =>
        RequestedModel.WasCalled(Model, response.Info) && RequestedModel.IsNamed(Model, response.Model);
}
