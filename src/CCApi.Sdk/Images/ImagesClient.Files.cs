using System;
using System.IO;
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
        ImageFiles.Check(path, count, saveOptions);

        var response = await GenerateAsync(request, options, cancellationToken).ConfigureAwait(false);

        return await ImageFiles.SaveAllAsync(
            this, response.Data, count, path, saveOptions, cancellationToken).ConfigureAwait(false);
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
        ImageFiles.Check(path, count, saveOptions);

        var response = await GenerateAsync(request, options, cancellationToken).ConfigureAwait(false);

        return await ImageFiles.SaveAllAsync(
            this, response.Data, count, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }
}
