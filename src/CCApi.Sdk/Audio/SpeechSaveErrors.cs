using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Creates the exceptions for speech that was charged, but not downloaded or not saved.</summary>
internal static class SpeechSaveErrors
{
    private const string Canceled = $"the speech was canceled; it is in the {nameof(SpeechSaveException)} that is the inner exception.";

    /// <summary>The exception of a download that failed or was canceled.</summary>
    /// <param name="cause">What happened.</param>
    /// <param name="speech">The response that was charged.</param>
    public static Exception NotDownloaded(Exception cause, AudioSpeechResponse speech)
    {
        var failed = new SpeechSaveException(
            $"The speech was synthesized but not downloaded: {cause.Message} "
            + "Open or save it with AudioClient from SpeechSaveException.Speech.",
            cause)
        {
            Speech = speech,
        };

        return WithCancellation(cause, failed, $"Downloading {Canceled}");
    }

    /// <summary>The exception of speech that could not be saved, or whose saving was canceled.</summary>
    /// <param name="cause">What happened.</param>
    /// <param name="speech">The response that was charged; null when its sound was too long to be kept.</param>
    public static Exception NotSaved(Exception cause, AudioSpeechResponse? speech)
    {
        var fix = speech is null
            ? "It is larger than CCApiClientOptions.MaxResponseBytes and was not kept."
            : "Save it with AudioClient.SaveAsync from SpeechSaveException.Speech.";

        var failed = new SpeechSaveException($"The speech was synthesized but not saved: {cause.Message} {fix}", cause)
        {
            Speech = speech,
        };

        return WithCancellation(cause, failed, $"Saving {Canceled}");
    }

    /// <summary>A cancellation stays one, and carries the response in its inner exception.</summary>
    private static Exception WithCancellation(Exception cause, SpeechSaveException failed, string message)
    {
        if (cause is OperationCanceledException canceled)
        {
            return new OperationCanceledException(message, failed, canceled.CancellationToken);
        }

        return failed;
    }
}
