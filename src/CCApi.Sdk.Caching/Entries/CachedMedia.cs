using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;

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
    public long Bytes => response.Length + blobs.Sum(static blob => blob?.Bytes.LongLength ?? 0);
}
