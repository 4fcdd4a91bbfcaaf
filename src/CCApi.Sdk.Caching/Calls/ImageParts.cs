using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching;

/// <summary>The media of responses with images.</summary>
internal static class ImageParts
{
    /// <remarks>The first bytes of an image show its type.</remarks>
    public static MediaPart[] Of(IReadOnlyList<ImageDatum>? images) =>
        images is null ? [] : [.. images.Select(image => new MediaPart(image.B64Json, null, image.Url))];

    public static void Put(ImageDatum image, MediaPart part) => (image.B64Json, image.Url) = (part.Data, part.Url);
}
