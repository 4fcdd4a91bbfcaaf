using System;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>The media types of what is read while it is received.</summary>
internal static class StreamLabels
{
    private static readonly string[] _labels =
    [
        MediaType.EventStream,
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/x-jsonlines",
        "application/stream+json",
        "application/json-seq",
    ];

    /// <summary>Whether a media type is that of a stream of events, or of JSON lines.</summary>
    public static bool Contains(string mediaType) => _labels.Contains(mediaType, StringComparer.OrdinalIgnoreCase);
}
