using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching;

/// <summary>A call for speech.</summary>
internal sealed class SpeechCall(AudioClient client, AudioSpeechRequest request, CallOptions options, int maxBytes)
    : MediaCall<AudioSpeechResponse>(client, options, request.Model, maxBytes)
{
    public override Task<AudioSpeechResponse> SendAsync(CancellationToken cancellationToken) =>
        client.CreateSpeechAsync(request, Options.Value, cancellationToken);

    protected override AudioSpeechResponse? ReadFrom(ref Utf8JsonReader reader) => AudioSpeechResponse.ReadFrom(ref reader);

    protected override MediaPart[] PartsOf(AudioSpeechResponse response) =>
        [new MediaPart(response.B64Audio, response.MediaType, response.AudioUrl)];

    protected override void Put(AudioSpeechResponse response, int index, MediaPart part) =>
        (response.B64Audio, response.MediaType, response.AudioUrl) = (part.Data, part.MediaType, part.Url);

    protected override Task<MediaStream> OpenAsync(AudioSpeechResponse response, int index, CancellationToken cancellationToken) =>
        client.OpenReadAsync(response, Options.Value, cancellationToken);

    protected override void SetInfo(AudioSpeechResponse response, CCApiResponseInfo info) => response.Info = info;

    protected override bool IsOfModel(AudioSpeechResponse response) => RequestedModel.WasCalled(Model, response.Info);
}
