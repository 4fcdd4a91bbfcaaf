using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Saves speech that was charged: what could not be saved is in the exception.</summary>
internal static class SpeechFiles
{
    /// <summary>Checks what can be known before the call: files that are in the way, and the folder.</summary>
    public static void CheckBefore(AudioSpeechRequest request, string path, MediaSaveOptions? saveOptions)
    {
        var extension = MediaType.Extension(LabelOf(request.OutputFormat)) ?? ".mp3";
        MediaFile.CheckBefore(path, count: 1, extension, saveOptions);
    }

    /// <summary>The media type that a response states, by its label or its format; null for none.</summary>
    public static string? LabelOf(AudioSpeechResponse speech) => speech.MediaType ?? LabelOf(speech.Format);

    /// <summary>Saves opened sound under its stated type, unless its bytes show another.</summary>
    /// <param name="opened">The sound.</param>
    /// <param name="speech">The response that it is of.</param>
    /// <param name="path">The file, or the folder.</param>
    /// <param name="saveOptions">Whether to replace a file, and how large it may be.</param>
    /// <param name="cancellationToken">Cancels the saving.</param>
    public static async Task<string> SaveAsync(
        MediaStream opened,
        AudioSpeechResponse speech,
        string path,
        MediaSaveOptions? saveOptions,
        CancellationToken cancellationToken)
    {
        using var media = await MediaStream.WithTypeAsync(opened, LabelOf(speech), cancellationToken).ConfigureAwait(false);

        return await MediaFile.SaveAsync(media, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Saves the speech of a response that was charged.</summary>
    /// <param name="speech">The response.</param>
    /// <param name="open">Opens its sound.</param>
    /// <param name="path">The file, or the folder.</param>
    /// <param name="saveOptions">Whether to replace a file, and how large it may be.</param>
    /// <param name="cancellationToken">Cancels the saving.</param>
    /// <exception cref="SpeechSaveException">It could not be saved; after a cancellation, the inner exception.</exception>
    public static async Task<string> SaveSpeechAsync(
        AudioSpeechResponse speech,
        Func<Task<MediaStream>> open,
        string path,
        MediaSaveOptions? saveOptions,
        CancellationToken cancellationToken)
    {
        try
        {
            using var sound = await open().ConfigureAwait(false);
            return await MediaFile.SaveAsync(sound, path, saveOptions, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw SpeechSaveErrors.NotSaved(exception, speech);
        }
    }

    /// <summary>Saves sound as it is received. When the file fails, the rest is received into memory: it was charged.</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="path">The file, or the folder.</param>
    /// <param name="saveOptions">Whether to replace a file, and how large it may be.</param>
    /// <param name="mostKept">How many bytes are kept in memory; null for the default of a response.</param>
    /// <param name="cancellationToken">Cancels the saving.</param>
    public static async Task<string> SaveSoundAsync(
        MediaStream sound, string path, MediaSaveOptions? saveOptions, long? mostKept, CancellationToken cancellationToken)
    {
        using var recorded = new RecordedStream(sound, mostKept ?? CCApiDefaults.MaxResponseBytes);
        using var media = new MediaStream(recorded, sound.MediaType) { ContentLength = sound.ContentLength };

        try
        {
            return await MediaFile.SaveAsync(media, path, saveOptions, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfFile(exception, recorded))
        {
            var bytes = await recorded.ReadAllAsync(cancellationToken).ConfigureAwait(false);
            throw SpeechSaveErrors.NotSaved(exception, bytes is null ? null : SpeechOf(sound, bytes));
        }
    }

    /// <summary>Whether the file failed, and not the sound.</summary>
    private static bool IsOfFile(Exception exception, RecordedStream recorded) =>
        !recorded.IsBroken && exception is not (CCApiException or OperationCanceledException);

    private static string? LabelOf(SpeechFormat? format)
    {
        if (format is { Value.Length: > 0 } known)
        {
            return $"audio/{known}";
        }

        return null;
    }

    private static AudioSpeechResponse SpeechOf(MediaStream sound, byte[] bytes) => new()
    {
        B64Audio = new Base64Data(bytes),
        MediaType = sound.MediaType,
        Info = sound.Info,
    };
}
