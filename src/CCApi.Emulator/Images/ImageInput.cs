using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>
/// The image and the mask that a request starts from, as far as they came with it and can be read; what lies behind a URL is not
/// loaded.
/// </summary>
internal sealed record ImageInput(Picture? Image, Picture? Mask)
{
    /// <summary>The first image of the contents and its mask; with a problem where data is not base64.</summary>
    public static (ImageInput Input, string? Problem) Read(JsonArray contents)
    {
        var images = contents.Select(item => item!["image"]).Concat(contents.Select(item => item!["mask"])).OfType<JsonObject>();
        if (images.Any(image => image["data"] is not null && Bytes(image) is null))
        {
            return (new ImageInput(null, null), "data must be base64.");
        }

        var first = contents.OfType<JsonObject>().FirstOrDefault(item => item["image"] is JsonObject);

        return (new ImageInput(Open(first?["image"]), Open(first?["mask"])), null);
    }

    private static Picture? Open(JsonNode? image)
    {
        if (image is JsonObject source && Bytes(source) is { } bytes)
        {
            return PngReader.Read(bytes);
        }

        return null;
    }

    /// <summary>The bytes of base64, also where it is a <c>data:</c> URL.</summary>
    private static byte[]? Bytes(JsonObject image)
    {
        var url = image.Text("url");
        var isDataUrl = url?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true;
        var text = image.Text("data") ?? (isDataUrl ? url : null);
        if (text is null)
        {
            return null;
        }

        var buffer = new byte[text.Length];
        var start = text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? text.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        if (Convert.TryFromBase64String(text[start..], buffer, out var length))
        {
            return buffer[..length];
        }

        return null;
    }
}
