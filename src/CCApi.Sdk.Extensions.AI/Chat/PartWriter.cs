using System;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Writes content as a part of a message.</summary>
internal static class PartWriter
{
    private const string Detail = "detail";

    /// <summary>The part; null when content of this kind is not a part.</summary>
    /// <exception cref="ArgumentException">It is empty, or an address that the gateway does not load.</exception>
    public static Wire.ChatContentPart? Write(AIContent content)
    {
        if (content.RawRepresentation is Wire.ChatContentPart raw)
        {
            return raw;
        }

        if (KeptPart.Restore(content) is { } kept)
        {
            return kept;
        }

        return content switch
        {
            TextContent text => new() { Type = Wire.ChatContentPartType.Text, Text = text.Text },
            DataContent data => Write(data),
            UriContent uri => Write(uri),
            HostedFileContent file => Wire.ChatContentPart.FileFromId(file.FileId),
            _ => null,
        };
    }

    /// <summary>Whether <see cref="Write(AIContent)"/> returns a part.</summary>
    public static bool IsWritable(AIContent content)
    {
        var hasPart = content.RawRepresentation is Wire.ChatContentPart || KeptPart.Restore(content) is not null;
        return hasPart || HasForm(content);
    }

    /// <summary>Whether content can be sent without the part that it was read from.</summary>
    public static bool HasForm(AIContent content) => content switch
    {
        TextContent or HostedFileContent => true,
        DataContent data => HasForm(data),
        UriContent uri when DataUrl.Is(uri.Uri.OriginalString) => DataOf(uri) is { } data && HasForm(data),
        UriContent uri => IsLoadable(uri),
        _ => false,
    };

    private static bool HasForm(DataContent content)
    {
        if (content.Data.IsEmpty)
        {
            return false;
        }

        var isKnownSound = content.HasTopLevelMediaType("audio") && MediaType.Extension(content.MediaType) is not null;
        return isKnownSound || content.HasTopLevelMediaType("image") || IsFile(content);
    }

    private static Wire.ChatContentPart? Write(DataContent content)
    {
        if (content.Data.IsEmpty)
        {
            throw UnsupportedContent.OfEmpty(content);
        }

        if (content.HasTopLevelMediaType("image"))
        {
            return ImageOf(content.Uri, content);
        }

        if (content.HasTopLevelMediaType("audio"))
        {
            return AudioOf(content);
        }

        return IsFile(content) ? FileOf(content) : null;
    }

    private static bool IsFile(DataContent content) =>
        content.HasTopLevelMediaType("application") || content.HasTopLevelMediaType("text");

    private static Wire.ChatContentPart Write(UriContent content)
    {
        var url = content.Uri.OriginalString;
        if (DataUrl.Is(url))
        {
            return (DataOf(content) is { } data ? Write(data) : null) ?? throw UnsupportedContent.OfUri(content);
        }

        return IsLoadable(content) ? ImageOf(url, content) : throw UnsupportedContent.OfUri(content);
    }

    /// <summary>The data of a <c>data:</c> address; null when that is broken.</summary>
    private static DataContent? DataOf(UriContent content)
    {
        try
        {
            return new DataContent(content.Uri, content.MediaType);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLoadable(UriContent content) =>
        content.HasTopLevelMediaType("image") && content.Uri is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    private static Wire.ChatContentPart ImageOf(string url, AIContent content) => new()
    {
        Type = Wire.ChatContentPartType.ImageUrl,
        ImageUrl = new Wire.ChatImageUrl { Url = url, Detail = DetailOf(content) },
    };

    /// <summary>How closely the model looks, by the convention of Microsoft.Extensions.AI's adapters.</summary>
    private static Wire.ImageDetail? DetailOf(AIContent content) =>
        content.AdditionalProperties?.TryGetValue(Detail, out var detail) == true && detail?.ToString() is { Length: > 0 } text
            ? new Wire.ImageDetail(text)
            : default(Wire.ImageDetail?);

    private static Wire.ChatContentPart? AudioOf(DataContent content) => MediaType.Extension(content.MediaType) is { } extension
        ? new()
        {
            Type = Wire.ChatContentPartType.InputAudio,
            InputAudio = new Wire.ChatInputAudio { Data = new Wire.Base64Data(content.Data.ToArray()), Format = extension.Substring(1) },
        }
        : null;

    private static Wire.ChatContentPart FileOf(DataContent content) => new()
    {
        Type = Wire.ChatContentPartType.File,
        File = new Wire.ChatInputFile { Filename = FirstText.Of(content.Name, FileName.Of(content.MediaType)), FileData = content.Uri },
    };
}
