using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

public partial class ImagesClient
{
    /// <summary>Generates images by the OpenAI-compatible operation, and saves them.</summary>
    /// <param name="request">What to generate. It is not changed.</param>
    /// <param name="path">
    /// With an extension of media: used as given. Without: that of the real type is appended. Several images get numbers:
    /// <c>fox-1.png</c>, <c>fox-2.png</c>. An existing folder: generated names in it.
    /// </param>
    /// <param name="saveOptions">Whether to replace files, how large each may be, and what receives the progress of each.</param>
    /// <param name="options">What differs for the call.</param>
    /// <param name="cancellationToken">Cancels the call and the saving; files that are finished stay.</param>
    /// <returns>The full paths of the files, in the order of the images; at most as many as were requested.</returns>
    /// <remarks>
    /// A cancellation while saving has an <see cref="ImageSaveException"/> with all images as its inner exception. Files that are
    /// in the way (PNG, when the path has no extension) and a folder that cannot be written to are found before the call.
    /// </remarks>
    /// <exception cref="ArgumentException">The model, the prompt or the path is empty.</exception>
    /// <exception cref="IOException">A file exists, or the folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="ImageSaveException">
    /// The images were generated, but one could not be saved. It has the paths of those that were, and all images.
    /// </exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var request = new LegacyImageGenerationRequest { Model = "openai/gpt-image-1", Prompt = "A fox.", N = 2 };
    /// var paths = await client.Images.GenerateToFilesAsync(request, "fox");
    /// </code></example>
    public virtual async Task<SavedImages> GenerateToFilesAsync(
        LegacyImageGenerationRequest request,
        string path,
        MediaSaveOptions? saveOptions = null,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        Require.NotNull(request, nameof(request));

        var count = request.N ?? 1;
        CheckFiles(path, count, saveOptions);

        var response = await GenerateAsync(request, options, cancellationToken).ConfigureAwait(false);

        return await SaveAllAsync(response.Data, count, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Generates images by the multimodal operation, waits for the job if there is one, and saves them.</summary>
    /// <param name="request">What to generate. It is not changed.</param>
    /// <param name="path">
    /// With an extension of media: used as given. Without: that of the real type is appended. Several images get numbers:
    /// <c>fox-1.png</c>, <c>fox-2.png</c>. An existing folder: generated names in it.
    /// </param>
    /// <param name="saveOptions">Whether to replace files, how large each may be, and what receives the progress of each.</param>
    /// <param name="options">What differs for the call that starts and for the polls of the job.</param>
    /// <param name="cancellationToken">Cancels the waiting and the saving, not the job; files that are finished stay.</param>
    /// <returns>The full paths of the files, in the order of the images; at most as many as were requested.</returns>
    /// <remarks>
    /// A cancellation while saving has an <see cref="ImageSaveException"/> with all images as its inner exception. Files that are
    /// in the way (PNG, when the path has no extension) and a folder that cannot be written to are found before the call.
    /// </remarks>
    /// <exception cref="ArgumentException">The request has no contents, or a mask without an image; or the path is empty.</exception>
    /// <exception cref="IOException">A file exists, or the folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="ImageJobFailedException">The job ended without images.</exception>
    /// <exception cref="ImageSaveException">
    /// The images were generated, but one could not be saved. It has the paths of those that were, and all images.
    /// </exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var paths = await client.Images.GenerateToFilesAsync(MultimodalImageGenerationRequest.FromPrompt("A fox.").WithCount(2), "fox");
    /// </code></example>
    public virtual async Task<SavedImages> GenerateToFilesAsync(
        MultimodalImageGenerationRequest request,
        string path,
        MediaSaveOptions? saveOptions = null,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        Require.NotNull(request, nameof(request));

        var count = request.Parameters?.NumImages ?? 1;
        CheckFiles(path, count, saveOptions);

        var response = await GenerateAsync(request, options, cancellationToken).ConfigureAwait(false);

        return await SaveAllAsync(response.Data, count, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }

    private static void CheckFiles(string path, long count, MediaSaveOptions? saveOptions)
    {
        const int most = 100;
        Require.Text(path, nameof(path));
        saveOptions?.Check(nameof(saveOptions));

        MediaFile.CheckBefore(path, (int)Math.Min(Math.Max(count, 1), most), ".png", saveOptions);
    }

    private async Task<SavedImages> SaveAllAsync(
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

        // A gateway that returns more than was requested does not decide how many files there will be.
        var count = (int)Math.Min(images.Count, Math.Max(requested, 1));
        var paths = new List<string>();

        try
        {
            foreach (var image in images.Take(count))
            {
                var file = MediaFile.Numbered(path, paths.Count + 1, count);
                paths.Add(await SaveAsync(image, file, saveOptions, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(
                $"Saving the images was canceled; they are in the {nameof(ImageSaveException)} that is the inner exception.",
                NotSaved(exception),
                exception.CancellationToken);
        }
        catch (Exception exception)
        {
            throw NotSaved(exception);
        }

        return new SavedImages(paths, images);

        ImageSaveException NotSaved(Exception cause) => new(
            FormattableString.Invariant(
                $"{paths.Count} of {count} images were saved; the next was not: {cause.Message} ")
            + "Save the rest with ImagesClient.SaveAsync from ImageSaveException.Images.",
            cause)
        {
            SavedPaths = paths,
            Images = images,
        };
    }
}
