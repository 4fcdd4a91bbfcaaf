using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

public partial class ImagesClient
{
    /// <summary>Makes images by the OpenAI-compatible operation, and saves them.</summary>
    /// <param name="request">What to make. It is not changed.</param>
    /// <param name="path">
    /// With an extension: used as given. Without: the real type's is appended. Several images get numbers: <c>fox-1.png</c>, <c>fox-2.png</c>. A folder that
    /// exists: names are made up in it.
    /// </param>
    /// <param name="saveOptions">Whether to replace files, how large each may be, and who is told of the progress of each.</param>
    /// <param name="options">What differs for the call.</param>
    /// <param name="cancellationToken">Cancels the call and the saving; files that are finished stay.</param>
    /// <returns>The full paths of the files, in the order of the images.</returns>
    /// <remarks>Files that are in the way (PNG, when the path has no extension) and a folder that cannot be written to are found before the call.</remarks>
    /// <exception cref="ArgumentException">The model, the prompt or the path is empty.</exception>
    /// <exception cref="IOException">A file exists, or the folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="ImageSaveException">The images were made, but one could not be saved. It has the paths of those that were, and all images.</exception>
    /// <exception cref="CCApiException">The call failed; the type tells how.</exception>
    /// <example><code>
    /// var paths = await client.Images.GenerateToFilesAsync(new LegacyImageGenerationRequest { Model = "openai/gpt-image-1", Prompt = "A fox.", N = 2 }, "fox");
    /// </code></example>
    public virtual async Task<IReadOnlyList<string>> GenerateToFilesAsync(
        LegacyImageGenerationRequest request, string path, MediaSaveOptions? saveOptions = null, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(request, nameof(request));
        CheckFiles(path, request.N, saveOptions);
        var answer = await GenerateAsync(request, options, cancellationToken).ConfigureAwait(false);
        return await SaveAllAsync(answer.Data, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes images by the multimodal operation, waits for the job if there is one, and saves them.</summary>
    /// <param name="request">What to make. It is not changed.</param>
    /// <param name="path">
    /// With an extension: used as given. Without: the real type's is appended. Several images get numbers: <c>fox-1.png</c>, <c>fox-2.png</c>. A folder that
    /// exists: names are made up in it.
    /// </param>
    /// <param name="saveOptions">Whether to replace files, how large each may be, and who is told of the progress of each.</param>
    /// <param name="options">What differs for the starting call.</param>
    /// <param name="cancellationToken">Cancels the waiting and the saving, not the job; files that are finished stay.</param>
    /// <returns>The full paths of the files, in the order of the images.</returns>
    /// <remarks>Files that are in the way (PNG, when the path has no extension) and a folder that cannot be written to are found before the call.</remarks>
    /// <exception cref="ArgumentException">The request has no contents, or a mask without an image; or the path is empty.</exception>
    /// <exception cref="IOException">A file exists, or the folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="ImageJobFailedException">The job ended without images.</exception>
    /// <exception cref="ImageSaveException">The images were made, but one could not be saved. It has the paths of those that were, and all images.</exception>
    /// <exception cref="CCApiException">The call failed; the type tells how.</exception>
    /// <example><code>
    /// var paths = await client.Images.GenerateToFilesAsync(MultimodalImageGenerationRequest.FromPrompt("A fox.").WithCount(2), "fox");
    /// </code></example>
    public virtual async Task<IReadOnlyList<string>> GenerateToFilesAsync(
        MultimodalImageGenerationRequest request, string path, MediaSaveOptions? saveOptions = null, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(request, nameof(request));
        CheckFiles(path, request.Parameters?.NumImages, saveOptions);
        var answer = await GenerateAsync(request, options, cancellationToken).ConfigureAwait(false);
        return await SaveAllAsync(answer.Data, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }

    private static void CheckFiles(string path, long? count, MediaSaveOptions? saveOptions)
    {
        const int most = 100;
        Require.Text(path, nameof(path));
        saveOptions?.Check(nameof(saveOptions));
        MediaFile.CheckBefore(path, (int)Math.Min(Math.Max(count ?? 1, 1), most), ".png", saveOptions);
    }

    private async Task<IReadOnlyList<string>> SaveAllAsync(IReadOnlyList<ImageDatum>? images, string path, MediaSaveOptions? saveOptions, CancellationToken cancellationToken)
    {
        if (images is not { Count: > 0 })
        {
            throw new CCApiProtocolException("The answer has no images.");
        }

        var paths = new List<string>();
        foreach (var image in images)
        {
            try
            {
                var file = MediaFile.Numbered(path, paths.Count + 1, images.Count);
                paths.Add(await SaveAsync(image, file, saveOptions, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CCApiException)
            {
                throw new ImageSaveException(
                    FormattableString.Invariant($"{paths.Count} of {images.Count} images were saved; the next was not: {exception.Message} Save the rest with ImagesClient.SaveAsync from ImageSaveException.Images."), exception)
                {
                    SavedPaths = paths,
                    Images = images,
                };
            }
        }

        return paths;
    }
}
