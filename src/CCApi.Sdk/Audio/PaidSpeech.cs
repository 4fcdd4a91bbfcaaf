using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// The sound behind the link of a response: it was charged, so that an exception while it is downloaded carries the response.
/// </summary>
/// <param name="sound">The download.</param>
/// <param name="speech">The response.</param>
internal sealed class PaidSpeech(MediaStream sound, AudioSpeechResponse speech) : ForwardStream
{
    /// <summary>Opens the sound of a response that was charged.</summary>
    /// <param name="speech">The response.</param>
    /// <param name="open">Opens it.</param>
    /// <exception cref="SpeechSaveException">It could not be opened; after a cancellation, the inner exception.</exception>
    public static async Task<MediaStream> OpenAsync(AudioSpeechResponse speech, Func<Task<MediaStream>> open)
    {
        MediaStream sound;
        try
        {
            sound = await open().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or CCApiException)
        {
            throw NotDownloaded(exception, speech);
        }

        if (!sound.CanSeek)
        {
            sound = Of(sound, speech);
        }

        sound.Info = speech.Info;

        return sound;
    }

    /// <summary>The exception of a download that failed or was canceled.</summary>
    public static Exception NotDownloaded(Exception cause, AudioSpeechResponse speech)
    {
        var failed = new SpeechSaveException(
            $"The speech was synthesized but not downloaded: {cause.Message} "
            + "Open or save it with AudioClient from SpeechSaveException.Speech.",
            cause)
        {
            Speech = speech,
        };

        if (cause is not OperationCanceledException canceled)
        {
            return failed;
        }

        return new OperationCanceledException(
            $"Downloading the speech was canceled; it is in the {nameof(SpeechSaveException)} that is the inner exception.",
            failed,
            canceled.CancellationToken);
    }

    protected override async ValueTask<int> ReadNextAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await sound.ReadSomeAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or CCApiException)
        {
            throw NotDownloaded(exception, speech);
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

    /// <summary>The same sound, whose reads throw exceptions with the response.</summary>
    private static MediaStream Of(MediaStream sound, AudioSpeechResponse speech) =>
        new(new PaidSpeech(sound, speech), sound.MediaType) { ContentLength = sound.ContentLength };
}
