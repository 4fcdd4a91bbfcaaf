using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.Caching;

/// <summary>A response in the cache: its JSON without media, and the media. Immutable, so that all callers share one.</summary>
/// <param name="response">The JSON of the response.</param>
/// <param name="blobs">The sound, or the image of each datum; null where there is none.</param>
[ImmutableObject(true)]
internal sealed class CachedMedia(byte[] response, IReadOnlyList<CachedBlob?> blobs)
{
    /// <summary>What was in the distributed cache could not be read.</summary>
    public static CachedMedia Unreadable { get; } = new([], []);

    public byte[] Response => response;

    public IReadOnlyList<CachedBlob?> Blobs => blobs;

    public bool IsReadable => response.Length > 0;

    /// <summary>Its size, without what its parts need to be held together.</summary>
    public long Bytes => response.Length + blobs.Sum(static blob => blob is null ? 0 : blob.Bytes.LongLength + SizeOf(blob.MediaType));

    /// <remarks>
    /// A content type may be as long as a header: an entry that is too large would not be written, and nobody would know.
    /// </remarks>
    private static int SizeOf(string? mediaType) => mediaType is null ? 0 : Encoding.UTF8.GetByteCount(mediaType);
}
