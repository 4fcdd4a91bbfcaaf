using System.Collections;
using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// The full paths of the image files that <c>GenerateToFilesAsync</c> wrote, in the order of the images, with all images of the
/// response.
/// </summary>
public sealed class SavedImages : IReadOnlyList<string>
{
    private readonly IReadOnlyList<string> _paths;

    /// <summary>Creates the result, as for fakes.</summary>
    /// <param name="paths">The full paths of the files.</param>
    /// <param name="images">All images of the response.</param>
    /// <exception cref="System.ArgumentNullException">An argument is null.</exception>
    public SavedImages(IReadOnlyList<string> paths, IReadOnlyList<ImageDatum> images)
    {
        _paths = Require.NotNull(paths, nameof(paths));
        Images = Require.NotNull(images, nameof(images));
    }

    /// <summary>
    /// All images of the response. When the gateway returned more than the request asked for, those at the end have no file:
    /// <see cref="ImagesClient.SaveAsync"/> saves them.
    /// </summary>
    public IReadOnlyList<ImageDatum> Images { get; }

    /// <inheritdoc/>
    public int Count => _paths.Count;

    /// <inheritdoc/>
    public string this[int index] => _paths[index];

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _paths.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
