using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Speech from text. Thread-safe; for fakes, derive from it and override.</summary>
public partial class AudioClient
{
    private readonly CCApiTransport? _transport;

    internal AudioClient(CCApiTransport transport) => _transport = transport;

    /// <summary>For fakes: every method must be overridden.</summary>
    protected AudioClient()
    {
    }

    /// <summary>The address of the gateway; null for a fake.</summary>
    internal Uri? BaseAddress => _transport?.BaseAddress;

    /// <summary>The options of the client; null for a fake.</summary>
    internal CCApiClientOptions? Options => _transport?.Options;

    private CCApiTransport Transport => Require.NotFake(_transport);

    /// <summary>
    /// Synthesizes speech. Gateways respond with JSON that has a URL or base64, or with the bytes; all give the same result.
    /// </summary>
    /// <param name="request">The text and the voice. It is not changed.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="System.ArgumentException">The model or the input is empty.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var speech = await client.Audio.CreateSpeechAsync(new AudioSpeechRequest
    /// {
    ///     Model = "elevenlabs/eleven_turbo_v2",
    ///     Input = "Welcome.",
    ///     Voice = "aria",
    /// });
    /// await client.Audio.SaveAsync(speech, "welcome");
    /// </code></example>
    public virtual Task<AudioSpeechResponse> CreateSpeechAsync(
        AudioSpeechRequest request,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        Check(request);
        return Transport.SendAsync(CallFor(request), SpeechResponseReader.ReadToEndAsync, options, cancellationToken);
    }

    /// <summary>Synthesizes speech from a text.</summary>
    /// <param name="model">The model's id, such as <c>elevenlabs/eleven_turbo_v2</c>.</param>
    /// <param name="input">The text.</param>
    /// <param name="voice">The voice, such as <c>aria</c>; the names depend on the model.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="System.ArgumentException">The model, the input or the voice is empty.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var speech = await client.Audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");
    /// </code></example>
    public virtual Task<AudioSpeechResponse> CreateSpeechAsync(
        string model,
        string input,
        string voice,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateSpeechAsync(
            new AudioSpeechRequest
            {
                Model = Require.Text(model, nameof(model)),
                Input = Require.Text(input, nameof(input)),
                Voice = Require.Text(voice, nameof(voice)),
            },
            options,
            cancellationToken);

    /// <summary>Opens the audio of a response: from the response itself, or downloaded from its URL without the key.</summary>
    /// <param name="speech">The response.</param>
    /// <param name="options">What differs for the download.</param>
    /// <param name="cancellationToken">Cancels the download, also while it is read.</param>
    /// <returns>The audio, from its first byte. The caller disposes of it.</returns>
    /// <exception cref="CCApiProtocolException">The response has no audio, or it cannot be read.</exception>
    /// <exception cref="CCApiException">The download failed; links may expire.</exception>
    /// <example><code>
    /// using var audio = await client.Audio.OpenReadAsync(speech);
    /// </code></example>
    public virtual Task<MediaStream> OpenReadAsync(
        AudioSpeechResponse speech,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        OpenAsync(Require.NotNull(speech, nameof(speech)), options, cancellationToken);

    /// <summary>Saves the audio of a response. The file is complete or does not exist.</summary>
    /// <param name="speech">The response.</param>
    /// <param name="path">
    /// With an extension: used as given. Without: that of the real type is appended. An existing folder: a generated name
    /// in it.
    /// </param>
    /// <param name="saveOptions">Whether to replace a file, and how large it may be.</param>
    /// <param name="cancellationToken">Cancels the saving and leaves nothing behind.</param>
    /// <returns>The full path of the file.</returns>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    /// <exception cref="CCApiException">The audio could not be retrieved.</exception>
    /// <example><code>
    /// var path = await client.Audio.SaveAsync(speech, "welcome"); // .../welcome.mp3
    /// </code></example>
    public virtual async Task<string> SaveAsync(
        AudioSpeechResponse speech,
        string path,
        MediaSaveOptions? saveOptions = null,
        CancellationToken cancellationToken = default)
    {
        Require.NotNull(speech, nameof(speech));
        Require.Text(path, nameof(path));
        saveOptions?.Check(nameof(saveOptions));

        using var opened = await OpenReadAsync(speech, options: null, cancellationToken).ConfigureAwait(false);

        return await SpeechFiles.SaveAsync(opened, speech, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }

    internal static void Check(AudioSpeechRequest request)
    {
        Require.NotNull(request, nameof(request));
        Require.Text(request.Model, nameof(request) + ".Model");
        Require.Text(request.Input, nameof(request) + ".Input");
    }

    internal static ApiRequest CallFor(AudioSpeechRequest request) =>
        ApiRequest.Post("audio/speech", request, SpeechTelemetry.Instance, SpeechResponseReader.Accept);

    private Task<MediaStream> OpenAsync(
        AudioSpeechResponse speech, CCApiRequestOptions? options, CancellationToken cancellationToken) =>
        MediaSource.OpenAsync(
            Transport, speech.B64Audio, speech.AudioUrl, SpeechFiles.LabelOf(speech), options, cancellationToken);
}
