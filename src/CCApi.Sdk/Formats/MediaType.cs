using System;
using System.IO;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>The media types of sound and images: detected by their first bytes, and the extensions of their files.</summary>
internal static class MediaType
{
    /// <summary>How many bytes are enough to detect the type.</summary>
    public const int SniffLength = 16;

    /// <summary>Server-sent events.</summary>
    public const string EventStream = "text/event-stream";

    private const string Headerless = ".pcm";

    // Of any bytes: the registered one, and what object stores and older servers send (observed).
    private static readonly string[] _ofAnyBytes =
    [
        "application/octet-stream", "binary/octet-stream", "application/binary", "application/x-binary", "application/x-octet-stream",
        "application/download", "application/x-download", "application/force-download",
    ];

    private static readonly (string MediaType, string Extension)[] _extensions =
    [
        ("image/png", ".png"),
        ("image/jpeg", ".jpg"),
        ("image/jpg", ".jpg"),
        ("image/gif", ".gif"),
        ("image/webp", ".webp"),
        ("image/bmp", ".bmp"),
        ("image/avif", ".avif"),
        ("image/heic", ".heic"),
        ("image/heif", ".heic"),
        ("image/svg+xml", ".svg"),
        ("audio/mpeg", ".mp3"),
        ("audio/mp3", ".mp3"),
        ("audio/wav", ".wav"),
        ("audio/x-wav", ".wav"),
        ("audio/wave", ".wav"),
        ("audio/vnd.wave", ".wav"),
        ("audio/ogg", ".ogg"),
        ("audio/opus", ".ogg"),
        ("audio/flac", ".flac"),
        ("audio/x-flac", ".flac"),
        ("audio/aac", ".aac"),
        ("audio/mp4", ".m4a"),
        ("audio/webm", ".webm"),
        ("audio/pcm", Headerless),
        ("audio/l16", Headerless),
    ];

    private static ReadOnlySpan<byte> Matroska => [0x1A, 0x45, 0xDF, 0xA3];

    // Extensions of media that name no type of those above, or name one in another way.
    private static readonly string[] _otherExtensions =
    [
        ".jpeg", ".jpe", ".jfif", ".apng", ".heif", ".jxl", ".tif", ".tiff", ".ico", ".jp2", ".psd",
        ".oga", ".opus", ".wave", ".weba", ".mp2", ".mp4", ".m4b", ".aif", ".aiff", ".caf", ".amr",
        ".wma", ".mka", ".mkv", ".mov", ".mpg", ".mpeg", ".ulaw", ".alaw", ".raw", ".bin", ".dat",
    ];

    /// <summary>
    /// The extension at the end of a path, with its dot, when it is one of media; else empty: "photo v1.5 final" has none.
    /// </summary>
    public static string ExtensionOfPath(string path)
    {
        var extension = Path.GetExtension(path);
        var all = _extensions.Select(known => known.Extension).Concat(_otherExtensions);

        if (all.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            return extension;
        }

        return "";
    }

    /// <summary>The media type that the first bytes of a file show; null when they do not.</summary>
    public static string? Sniff(ReadOnlySpan<byte> head) =>
        head.Length switch
        {
            >= 3 when head is [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            >= 4 when head[0] == 0x89 && head.Slice(1).StartsWith("PNG"u8) => "image/png",
            >= 4 when head.StartsWith("GIF8"u8) => "image/gif",
            >= 12 when head.StartsWith("RIFF"u8) && head.Slice(8).StartsWith("WEBP"u8) => "image/webp",
            >= 12 when head.StartsWith("RIFF"u8) && head.Slice(8).StartsWith("WAVE"u8) => "audio/wav",
            >= 12 when head.Slice(4).StartsWith("ftypavif"u8) || head.Slice(4).StartsWith("ftypavis"u8) => "image/avif",
            >= 12 when IsHeif(head) => "image/heic",
            >= 12 when head.Slice(4).StartsWith("ftyp"u8) => "audio/mp4",
            >= 4 when head.StartsWith("OggS"u8) => "audio/ogg",
            >= 4 when head.StartsWith("fLaC"u8) => "audio/flac",
            >= 3 when head.StartsWith("ID3"u8) => "audio/mpeg",
            >= 2 when head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 => "audio/aac",
            >= 3 when IsMpegFrame(head) => "audio/mpeg",
            >= 2 when head.StartsWith("BM"u8) => "image/bmp",
            >= 4 when head.StartsWith("<svg"u8) => "image/svg+xml",
            >= 4 when head.StartsWith(Matroska) => "audio/webm",
            _ => null,
        };

    /// <summary>
    /// What a file is: what its first bytes show, else what its label says. Sound without a header shows nothing, though it may
    /// look like something.
    /// </summary>
    public static string? Of(ReadOnlySpan<byte> head, string? label)
    {
        if (IsHeaderless(label))
        {
            return label;
        }

        return Sniff(head) ?? label;
    }

    /// <summary>Whether a media type is that of sound without a header.</summary>
    public static bool IsHeaderless(string? mediaType) => Extension(mediaType) == Headerless;

    /// <summary>Whether a media type says only that there are bytes.</summary>
    public static bool IsOfAnyBytes(string mediaType) => _ofAnyBytes.Contains(mediaType, StringComparer.OrdinalIgnoreCase);

    /// <summary>The better of two labels: one that names a type wins over one that says only that there are bytes.</summary>
    public static string? Label(string? first, string? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        return Extension(first) is null ? second : first;
    }

    /// <summary>The extension of a media type, with its dot; null when it is not known.</summary>
    public static string? Extension(string? mediaType)
    {
        var name = mediaType?.Split(';')[0].Trim();
        return _extensions.FirstOrDefault(known => known.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase)).Extension;
    }

    /// <summary>Whether this is the container of HEIC images, by any of its brands.</summary>
    private static bool IsHeif(ReadOnlySpan<byte> head)
    {
        var type = head.Slice(4, 8);
        return type.SequenceEqual("ftypheic"u8)
            || type.SequenceEqual("ftypheix"u8)
            || type.SequenceEqual("ftyphevc"u8)
            || type.SequenceEqual("ftypmif1"u8)
            || type.SequenceEqual("ftypmsf1"u8);
    }

    /// <summary>
    /// Whether this is the header of an MPEG audio frame. Its first bits alone are common in sound without a header: small
    /// negative samples.
    /// </summary>
    private static bool IsMpegFrame(ReadOnlySpan<byte> head)
    {
        const int reservedVersion = 0b01;
        const int reservedLayer = 0b00;
        const int noBitRate = 0b1111;
        const int reservedSampleRate = 0b11;

        var hasSync = head[0] == 0xFF && (head[1] & 0xE0) == 0xE0;

        return hasSync
            && ((head[1] >> 3) & 0b11) != reservedVersion
            && ((head[1] >> 1) & 0b11) != reservedLayer
            && head[2] >> 4 != noBitRate
            && ((head[2] >> 2) & 0b11) != reservedSampleRate;
    }
}
