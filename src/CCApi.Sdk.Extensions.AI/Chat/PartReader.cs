using System;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Reads a part of a message as content. What it does not know is content whose RawRepresentation is the part.</summary>
internal static class PartReader
{
    private const string AnyBytes = "application/octet-stream";

    /// <summary>The content; null when there is nothing in the part, or only reasoning, which is read elsewhere.</summary>
    public static AIContent? Read(Wire.ChatContentPart part)
    {
        var content = ReadContent(part);
        if (content is not null && !IsWritable(content, part))
        {
            KeptPart.Keep(content, part);
        }

        return content;
    }

    /// <summary>Whether the content alone is sent as a part of the same kind; a message has a refusal beside its parts.</summary>
    private static bool IsWritable(AIContent content, Wire.ChatContentPart part)
    {
        var isOtherImage = part.ImageUrl is not null && content is DataContent data && !data.HasTopLevelMediaType("image");
        return content is ErrorContent || (PartWriter.HasForm(content) && !isOtherImage);
    }

    private static AIContent? ReadContent(Wire.ChatContentPart part)
    {
        if (part.ImageUrl?.Url is { Length: > 0 } url)
        {
            return ReadMedia(url, "image/*", name: null, part);
        }

        if (part.InputAudio?.Data is { Length: > 0 } sound)
        {
            return ReadSound(sound, part.InputAudio.Format, part);
        }

        if (part.File is { } file)
        {
            return ReadFile(file, part);
        }

        if (part.Refusal is { Length: > 0 } refusal)
        {
            return new ErrorContent(refusal) { ErrorCode = MessageDraft.RefusalCode, RawRepresentation = part };
        }

        var isText = part.Text is not null || Wire.ChatContentPart.ReasoningOf(part) is not null;
        return isText ? ReadText(part) : Unknown(part);
    }

    /// <summary>Bytes of sound, whose format is what they show, else what the gateway named.</summary>
    public static AIContent ReadSound(Wire.Base64Data data, string? format, object raw)
    {
        if (!data.IsValid)
        {
            return Unknown(raw);
        }

        var label = string.IsNullOrEmpty(format) ? "audio/wav" : SpeechFormats.TypeOfName(format!);

        return new DataContent(data.Bytes, MediaTypeOf(data.Bytes, label)) { RawRepresentation = raw };
    }

    private static TextContent? ReadText(Wire.ChatContentPart part) =>
        Wire.ChatContentPart.TextOf(part) is { Length: > 0 } text ? new TextContent(text) { RawRepresentation = RawOf(part) } : null;

    /// <summary>A part with more than its text goes back as it came.</summary>
    private static Wire.ChatContentPart? RawOf(Wire.ChatContentPart part) => part.AdditionalProperties is { Count: > 0 } ? part : null;

    private static AIContent ReadFile(Wire.ChatInputFile file, Wire.ChatContentPart part)
    {
        if (file.FileId is { } id && !string.IsNullOrWhiteSpace(id))
        {
            return new HostedFileContent(id) { Name = file.Filename, RawRepresentation = part };
        }

        return file.FileData is { Length: > 0 } data ? ReadMedia(data, AnyBytes, file.Filename, part) : Unknown(part);
    }

    private static AIContent ReadMedia(string url, string label, string? name, object raw)
    {
        if (DataUrl.Is(url))
        {
            return ReadData(url, name, raw);
        }

        // Of a path, the platform makes an address of a file on this machine.
        var isAddress = Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        return isAddress ? new UriContent(address!, label) { RawRepresentation = raw } : Unknown(raw);
    }

    private static AIContent ReadData(string url, string? name, object raw)
    {
        try
        {
            var (bytes, mediaType) = DataUrl.Read(url);
            if (bytes.Length == 0)
            {
                return Unknown(raw);
            }

            return new DataContent(bytes, MediaTypeOf(bytes, mediaType ?? AnyBytes)) { Name = name, RawRepresentation = raw };
        }
        catch (Exception exception) when (exception is CCApiProtocolException or ArgumentException)
        {
            // A gateway's broken URL costs a content, and not the response.
            return Unknown(raw);
        }
    }

    private static string MediaTypeOf(byte[] bytes, string label) =>
        MediaType.Sniff(bytes.AsSpan(0, Math.Min(bytes.Length, MediaType.SniffLength))) ?? label;

    private static AIContent Unknown(object raw) => new() { RawRepresentation = raw };
}
