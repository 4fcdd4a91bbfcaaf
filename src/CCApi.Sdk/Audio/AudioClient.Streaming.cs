using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

public partial class AudioClient
{
    /// <summary>Synthesizes speech and returns the sound while it is received.</summary>
    /// <param name="request">The text and the voice. It is not changed.</param>
    /// <param name="options">What differs for this call, and for the download when the gateway responds with a URL.</param>
    /// <param name="cancellationToken">Cancels the call, also while the sound is read.</param>
    /// <returns>
    /// The sound, from its first byte. Bytes in the response are passed on as they are received; a URL in it is opened,
    /// without the key; base64 is there at once. The caller disposes of it, which closes the connection.
    /// </returns>
    /// <exception cref="ArgumentException">The model or the input is empty.</exception>
    /// <exception cref="CCApiException">
    /// The call failed; the type specifies how. Reading throws the same types.
    /// </exception>
    /// <exception cref="SpeechSaveException">
    /// The sound behind the URL of the response could not be downloaded, also while it is read. It has the speech; after a
    /// cancellation it is the inner exception.
    /// </exception>
    /// <example><code>
    /// using var sound = await client.Audio.StreamSpeechAsync(request);
    /// await sound.CopyToAsync(player);
    /// </code></example>
    public virtual async Task<MediaStream> StreamSpeechAsync(
        AudioSpeechRequest request,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var own = options?.Clone();
        var (sound, speech) = await SendAsync(request, options, cancellationToken).ConfigureAwait(false);
        if (sound is not null)
        {
            return sound;
        }

        return await PaidSpeech.OpenAsync(speech!, () => OpenAsync(speech!, own, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Synthesizes speech into a file, as it is received. The file is complete or does not exist.</summary>
    /// <param name="request">The text and the voice. It is not changed.</param>
    /// <param name="path">
    /// With an extension: used as given. Without: that of the real type is appended. An existing folder: a generated name
    /// in it.
    /// </param>
    /// <param name="saveOptions">Whether to replace a file, how large it may be, and what receives the progress.</param>
    /// <param name="options">What differs for the call.</param>
    /// <param name="cancellationToken">Cancels the call and the saving, and leaves nothing behind.</param>
    /// <returns>The full path of the file.</returns>
    /// <remarks>
    /// A file that is in the way (of the requested format, when the path has no extension) and a folder that cannot be written to
    /// are found before the call.
    /// </remarks>
    /// <exception cref="ArgumentException">The model, the input or the path is empty.</exception>
    /// <exception cref="IOException">The file exists, or the folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="SpeechSaveException">
    /// The speech was synthesized, but could not be saved, as on a full disk. It has the speech.
    /// </exception>
    /// <exception cref="CCApiException">The call or the download failed; the type specifies how.</exception>
    /// <example><code>
    /// var path = await client.Audio.SpeakToFileAsync(request, "welcome"); // .../welcome.mp3
    /// </code></example>
    public virtual async Task<string> SpeakToFileAsync(
        AudioSpeechRequest request,
        string path,
        MediaSaveOptions? saveOptions = null,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        Check(request);
        Require.Text(path, nameof(path));
        saveOptions?.Check(nameof(saveOptions));

        SpeechFiles.CheckBefore(request, path, saveOptions);

        var own = options?.Clone();
        var (sound, speech) = await OpenSpeechAsync(request, options, cancellationToken).ConfigureAwait(false);
        if (sound is not null)
        {
            var limit = _transport?.Options.MaxResponseBytes;
            return await SpeechFiles.SaveSoundAsync(sound, path, saveOptions, limit, cancellationToken).ConfigureAwait(false);
        }

        return await SpeechFiles.SaveSpeechAsync(
            speech!, () => OpenAsync(speech!, own, cancellationToken), path, saveOptions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A fake overrides <see cref="StreamSpeechAsync"/> only, which then has the sound.</summary>
    private async Task<(MediaStream? Sound, AudioSpeechResponse? Speech)> OpenSpeechAsync(
        AudioSpeechRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        var isFake = _transport is null;
        if (isFake)
        {
            return (await StreamSpeechAsync(request, options, cancellationToken).ConfigureAwait(false), null);
        }

        return await SendAsync(request, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request: the response is either the sound itself, not yet received, or what it can be opened from.</summary>
    private async Task<(MediaStream? Sound, AudioSpeechResponse? Speech)> SendAsync(
        AudioSpeechRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        Check(request);

        var transport = Transport;
        var (sound, speech) = await transport.OpenAsync(
            CallFor(request),
            (call, response) => SpeechResponseReader.OpenAsync(transport, call, response),
            options,
            cancellationToken).ConfigureAwait(false);

        return (sound, speech);
    }
}
