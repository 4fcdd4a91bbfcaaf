using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk;

/// <summary>The images of a response as files.</summary>
internal static class ImageFiles
{
    public static async Task<IReadOnlyList<string>> SaveAsync(
        CCApiClient client, IReadOnlyList<ImageDatum>? images, string path, CancellationToken cancellationToken)
    {
        var options = new MediaSaveOptions { Overwrite = true };
        var files = new List<string>();
        for (var i = 0; i < (images?.Count ?? 0); i++)
        {
            var numbered = images!.Count == 1 ? path : FileName.Numbered(path, i + 1);
            files.Add(await client.Images.SaveAsync(images[i], numbered, options, cancellationToken).ConfigureAwait(false));
        }

        return files;
    }

    /// <summary>Writes a response without its inline images.</summary>
    public static string WriteWithout(IReadOnlyList<ImageDatum>? images, bool withoutMedia, Func<string> write)
    {
        if (!withoutMedia || images is null)
        {
            return write();
        }

        var data = images.Select(image => image.B64Json).ToList();
        try
        {
            foreach (var image in images)
            {
                image.B64Json = null;
            }

            return write();
        }
        finally
        {
            for (var i = 0; i < images.Count; i++)
            {
                images[i].B64Json = data[i];
            }
        }
    }
}
