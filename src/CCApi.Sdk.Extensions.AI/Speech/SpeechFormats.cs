using System;
using System.Net.Http.Headers;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>The formats of speech, by their names on the wire and by their media types.</summary>
internal static class SpeechFormats
{
    private const string DefaultType = "audio/mpeg";

    private const string Prefix = "audio/";

    /// <summary>Sound of a format that is not known; content rejects what is not a media type.</summary>
    private const string AnySound = "audio/*";

    private const string Ogg = "audio/ogg";

    private const string Opus = "audio/opus";

    private static readonly (string MediaType, string Name)[] _known =
    [
        (DefaultType, "mp3"), ("audio/mp3", "mp3"), ("audio/wav", "wav"), ("audio/x-wav", "wav"), (Ogg, "ogg"), (Opus, "opus"),
        ("audio/aac", "aac"), ("audio/flac", "flac"), ("audio/pcm", "pcm"), ("audio/l16", "pcm"),
    ];

    /// <summary>The media type of a format; that of MP3, the gateway's default, when there is none.</summary>
    public static string TypeOf(Wire.SpeechFormat? format)
    {
        if (format is not { Value.Length: > 0 } named)
        {
            return DefaultType;
        }

        var known = Array.Find(_known, entry => entry.Name.Equals(named.Value, StringComparison.OrdinalIgnoreCase));
        return known.MediaType ?? TypeOfName(named.Value);
    }

    /// <summary>A format is a name, such as <c>mp3_44100</c>, or a media type, as the options accept both.</summary>
    public static string TypeOfName(string format)
    {
        var type = IsSound(format) ? format : Prefix + format;
        return MediaTypeHeaderValue.TryParse(type, out _) ? type : AnySound;
    }

    private static bool IsSound(string mediaType) => mediaType.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The type that the sound shows, or the narrower one of the format that was requested: Opus comes in OGG files, and PCM, which
    /// has no header, as any bytes.
    /// </summary>
    public static string TypeOf(string? shown, Wire.SpeechFormat? requested)
    {
        var isOpus = shown == Ogg && TypeOf(requested) == Opus;
        if (isOpus)
        {
            return Opus;
        }

        return shown is not null && IsSound(shown) ? shown : TypeOf(requested);
    }

    /// <summary>The format of a name or of a media type; null when there is none.</summary>
    public static Wire.SpeechFormat? FormatOf(string? nameOrType)
    {
        if (string.IsNullOrEmpty(nameOrType))
        {
            return null;
        }

        var name = Array.Find(_known, known => known.MediaType.Equals(nameOrType, StringComparison.OrdinalIgnoreCase)).Name;
        return new Wire.SpeechFormat(name ?? nameOrType!);
    }
}
