using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// The stream of the sound that a response links to. The speech was charged, so an exception during the download carries the
/// response, from which the sound can be opened again.
/// </summary>
/// <param name="sound">The download.</param>
/// <param name="speech">The response that links to it.</param>
internal sealed class PaidSpeech(MediaStream sound, AudioSpeechResponse speech) : ForwardStream
{
    /// <summary>Opens the sound of a response that was charged.</summary>
    /// <param name="speech">The response.</param>
    /// <param name="open">Opens the sound that the response links to.</param>
    /// <exception cref="SpeechSaveException">The sound could not be opened. After a cancellation, it is the inner exception.</exception>
    public static async Task<MediaStream> OpenAsync(AudioSpeechResponse speech, Func<Task<MediaStream>> open)
    {
        MediaStream sound;
        try
        {
            sound = await open().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or CCApiException)
        {
            throw SpeechSaveErrors.NotDownloaded(exception, speech);
        }

        if (!sound.CanSeek)
        {
            sound = Wrap(sound, speech);
        }

        sound.Info = speech.Info;

        return sound;
    }

    protected override async ValueTask<int> ReadNextAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await sound.ReadSomeAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or CCApiException)
        {
            throw SpeechSaveErrors.NotDownloaded(exception, speech);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            sound.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Wraps a sound, so that its reads throw exceptions that carry the response.</summary>
    private static MediaStream Wrap(MediaStream sound, AudioSpeechResponse speech) =>
        new(new PaidSpeech(sound, speech), sound.MediaType) { ContentLength = sound.ContentLength };
}
