using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>A speech model of the gateway as <see cref="ITextToSpeechClient"/>.</summary>
internal sealed class TextToSpeechClientAdapter : ITextToSpeechClient
{
    private const int PieceBytes = 16 * 1024;
    private const int CopyBytes = 81920;

    private readonly AudioClient _client;
    private readonly SpeechRequestWriter _requests;
    private readonly TextToSpeechClientMetadata _metadata;

    public TextToSpeechClientAdapter(AudioClient client, string model, string? voice)
    {
        _client = client;
        _requests = new SpeechRequestWriter(model, voice);
        _metadata = new TextToSpeechClientMetadata(Provider.Name, client.BaseAddress, model);
    }

    public async Task<TextToSpeechResponse> GetAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(text, nameof(text));
        var request = _requests.Write(this, text, options);
        var call = CallOptions.Of(options?.AdditionalProperties);
        var speech = await _client.CreateSpeechAsync(request, call, cancellationToken).ConfigureAwait(false);

        var sound = await ReadAsync(speech, request, call, cancellationToken).ConfigureAwait(false);
        return new TextToSpeechResponse([sound])
        {
            ResponseId = speech.Info?.RequestId,
            ModelId = request.Model,
            RawRepresentation = speech,
            AdditionalProperties = ResponseProperties.Of(speech.Info),
        };
    }

    /// <exception cref="SpeechSaveException">The sound could not be downloaded. It has the speech.</exception>
    private async Task<DataContent> ReadAsync(
        Wire.AudioSpeechResponse speech, Wire.AudioSpeechRequest request, CCApiRequestOptions call, CancellationToken cancellationToken)
    {
        try
        {
            using var sound = await _client.OpenReadAsync(speech, call, cancellationToken).ConfigureAwait(false);
            using var buffer = new MemoryStream();
            await sound.CopyToAsync(buffer, CopyBytes, cancellationToken).ConfigureAwait(false);

            return new DataContent(buffer.ToArray(), TypeOf(sound, request)) { RawRepresentation = speech };
        }
        catch (Exception exception) when (exception is OperationCanceledException or CCApiException)
        {
            throw SpeechSaveErrors.NotDownloaded(exception, speech);
        }
    }

    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(text, nameof(text));
        var request = _requests.Write(this, text, options);
        return StreamAsync(request, CallOptions.Of(options?.AdditionalProperties), cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        AdapterServices.Find(serviceType, serviceKey, this, _metadata, _client);

    /// <summary>Does nothing: the facade belongs to its client.</summary>
    public void Dispose()
    {
    }

    /// <summary>The sound in the pieces in which it arrives.</summary>
    private async IAsyncEnumerable<TextToSpeechResponseUpdate> StreamAsync(
        Wire.AudioSpeechRequest request, CCApiRequestOptions call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var sound = await _client.StreamSpeechAsync(request, call, cancellationToken).ConfigureAwait(false);
        var mediaType = TypeOf(sound, request);
        var responseId = sound.Info?.RequestId;
        var properties = ResponseProperties.Of(sound.Info);
        var buffer = new byte[PieceBytes];
        while (await sound.ReadSomeAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            yield return new TextToSpeechResponseUpdate([new DataContent(buffer.AsMemory(0, read).ToArray(), mediaType)])
            {
                Kind = TextToSpeechResponseUpdateKind.AudioUpdating,
                ResponseId = responseId,
                ModelId = request.Model,
                AdditionalProperties = properties,
                RawRepresentation = sound.Info,
            };

            // The headers have arrived before the first piece; the others add nothing to them.
            properties = null;
        }
    }

    private static string TypeOf(MediaStream sound, Wire.AudioSpeechRequest request) =>
        SpeechFormats.TypeOf(sound.MediaType, request.OutputFormat);
}
