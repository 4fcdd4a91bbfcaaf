using System;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Writes content as a part of a message.</summary>
internal static class PartWriter
{
    private const string Detail = "detail";

    /// <summary>The part; null when content of this kind is not a part.</summary>
    /// <exception cref="ArgumentException">It is an address that the gateway does not load.</exception>
    public static Wire.ChatContentPart? Write(AIContent content)
    {
        if (content.RawRepresentation is Wire.ChatContentPart raw)
        {
            return raw;
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

    private static Wire.ChatContentPart? Write(DataContent content)
    {
        if (content.HasTopLevelMediaType("image"))
        {
            return ImageOf(content.Uri, content);
        }

        if (content.HasTopLevelMediaType("audio"))
        {
            return AudioOf(content);
        }

        var isFile = content.HasTopLevelMediaType("application") || content.HasTopLevelMediaType("text");
        return isFile ? FileOf(content) : null;
    }

    private static Wire.ChatContentPart Write(UriContent content)
    {
        var url = content.Uri.OriginalString;
        if (DataUrl.Is(url))
        {
            return Write(new DataContent(content.Uri, content.MediaType)) ?? throw UnsupportedContent.OfUri(content);
        }

        var isLoadable = content.HasTopLevelMediaType("image") && content.Uri.Scheme is "http" or "https";
        return isLoadable ? ImageOf(url, content) : throw UnsupportedContent.OfUri(content);
    }

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
        File = new Wire.ChatInputFile { Filename = content.Name ?? FileName.Of(content.MediaType), FileData = content.Uri },
    };
}
