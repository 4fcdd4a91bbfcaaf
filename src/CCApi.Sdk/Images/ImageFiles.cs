using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Saves images: one, or all of a response, which was charged and so is never lost.</summary>
internal static class ImageFiles
{
    private const int MostChecked = 100;

    /// <summary>Checks what can be known before the call: the arguments, files that are in the way, and the folder.</summary>
    public static void Check(string path, long count, MediaSaveOptions? saveOptions)
    {
        Require.Text(path, nameof(path));
        saveOptions?.Check(nameof(saveOptions));

        MediaFile.CheckBefore(path, (int)Math.Min(Math.Max(count, 1), MostChecked), ".png", saveOptions);
    }

    /// <summary>Saves an image; returns the full path.</summary>
    public static async Task<string> SaveAsync(
        ImagesClient client,
        ImageDatum image,
        string path,
        MediaSaveOptions? saveOptions,
        CancellationToken cancellationToken)
    {
        using var opened = await client.OpenReadAsync(image, options: null, cancellationToken).ConfigureAwait(false);
        using var media = await MediaStream.WithTypeAsync(
            opened, image.B64Json?.MediaType, cancellationToken).ConfigureAwait(false);

        return await MediaFile.SaveAsync(media, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Saves the images of a response under numbered names.</summary>
    /// <param name="client">What opens and saves each.</param>
    /// <param name="images">The images.</param>
    /// <param name="requested">
    /// How many were requested: a gateway that returns more does not decide how many files there will be.
    /// </param>
    /// <param name="path">The path that the names are derived from.</param>
    /// <param name="saveOptions">Whether to replace files, and how large each may be.</param>
    /// <param name="cancellationToken">Cancels the saving; files that are finished stay.</param>
    /// <exception cref="ImageSaveException">One could not be saved; after a cancellation, the inner exception.</exception>
    public static async Task<SavedImages> SaveAllAsync(
        ImagesClient client,
        IReadOnlyList<ImageDatum>? images,
        long requested,
        string path,
        MediaSaveOptions? saveOptions,
        CancellationToken cancellationToken)
    {
        if (images is not { Count: > 0 })
        {
            throw new CCApiProtocolException("The response has no images.");
        }

        var count = (int)Math.Min(images.Count, Math.Max(requested, 1));
        var paths = new List<string>();

        try
        {
            foreach (var image in images.Take(count))
            {
                var file = MediaFile.Numbered(path, paths.Count + 1, count);
                paths.Add(await client.SaveAsync(image, file, saveOptions, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(
                $"Saving the images was canceled; they are in the {nameof(ImageSaveException)} that is the inner exception.",
                NotSaved(exception, count, paths, images),
                exception.CancellationToken);
        }
        catch (Exception exception)
        {
            throw NotSaved(exception, count, paths, images);
        }

        return new SavedImages(paths, images);
    }

    private static ImageSaveException NotSaved(
        Exception cause, int count, List<string> paths, IReadOnlyList<ImageDatum> images)
    {
        var message = FormattableString.Invariant(
            $"{paths.Count} of {count} images were saved; the next was not: {cause.Message} ");

        return new ImageSaveException(message + "Save the rest with ImagesClient.SaveAsync from ImageSaveException.Images.", cause)
        {
            SavedPaths = paths,
            Images = images,
        };
    }
}
