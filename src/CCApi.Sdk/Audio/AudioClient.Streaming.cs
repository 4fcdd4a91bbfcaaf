using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

public partial class AudioClient
{
    /// <summary>Speaks a text and gives the sound while it arrives.</summary>
    /// <param name="request">What to speak. It is not changed.</param>
    /// <param name="options">What differs for this call, and for the download when the gateway answers with a URL.</param>
    /// <param name="cancellationToken">Cancels the call, also while the sound is read.</param>
    /// <returns>
    /// The sound, from its first byte. Bytes that the gateway answers with are passed on as they come; a URL in its answer is opened, without the key; base64
    /// is there at once. The caller disposes of it, which closes the connection.
    /// </returns>
    /// <exception cref="ArgumentException">The model or the input is empty.</exception>
    /// <exception cref="CCApiException">The call or the download failed; the type tells how. Reading throws the same types.</exception>
    /// <example><code>
    /// using var sound = await client.Audio.StreamSpeechAsync(request);
    /// await sound.CopyToAsync(player);
    /// </code></example>
    public virtual async Task<MediaStream> StreamSpeechAsync(AudioSpeechRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(request);
        var transport = Transport;
        var (sound, speech) = await transport.OpenAsync(
            CallFor(request), (call, response) => SpeechResponseReader.OpenAsync(transport, call, response), options, cancellationToken).ConfigureAwait(false);
        if (sound is not null)
        {
            return sound;
        }

        sound = await OpenAsync(speech!, options, cancellationToken).ConfigureAwait(false);
        sound.Info = speech!.Info;
        return sound;
    }

    /// <summary>Speaks a text into a file, as it arrives. The file is whole or not there.</summary>
    /// <param name="request">What to speak. It is not changed.</param>
    /// <param name="path">With an extension: used as given. Without: the real type's is appended. A folder that exists: a name is made up in it.</param>
    /// <param name="saveOptions">Whether to replace a file, how large it may be, and who is told of the progress.</param>
    /// <param name="options">What differs for the call.</param>
    /// <param name="cancellationToken">Cancels the call and the saving, and leaves nothing behind.</param>
    /// <returns>The full path of the file.</returns>
    /// <remarks>
    /// A file that is in the way (of the format asked for, when the path has no extension) and a folder that cannot be written to are found before the call. What
    /// cannot be saved later, such as on a full disk, is lost, though it was charged: use <see cref="CreateSpeechAsync(AudioSpeechRequest, CCApiRequestOptions?, CancellationToken)"/> and <see cref="SaveAsync"/> to keep the answer.
    /// </remarks>
    /// <exception cref="ArgumentException">The model, the input or the path is empty.</exception>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="CCApiException">The call or the download failed; the type tells how.</exception>
    /// <example><code>
    /// var path = await client.Audio.SpeakToFileAsync(request, "welcome"); // .../welcome.mp3
    /// </code></example>
    public virtual async Task<string> SpeakToFileAsync(
        AudioSpeechRequest request, string path, MediaSaveOptions? saveOptions = null, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(request);
        Require.Text(path, nameof(path));
        saveOptions?.Check(nameof(saveOptions));
        MediaFile.CheckBefore(path, count: 1, MediaType.Extension(LabelOf(request.OutputFormat)) ?? ".mp3", saveOptions);
        using var sound = await StreamSpeechAsync(request, options, cancellationToken).ConfigureAwait(false);
        return await MediaFile.SaveAsync(sound, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }
}
