using System;
using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Json;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// Media that models return beside the content of their message (observed): <c>images</c>, a list of image parts, and
/// <c>audio</c>, an object with base64 and a transcript. They go back beside the content too.
/// </summary>
internal static class MediaMembers
{
    public const string Images = "images";

    public const string Audio = "audio";

    /// <summary>The name under which a content's additional properties keep the member that it came in.</summary>
    private const string Key = "ccapi.media_member";

    private const string Data = "data";

    public static void AddTo(List<AIContent> contents, Wire.ChatMessage message)
    {
        if (message.AdditionalProperties is not { } members)
        {
            return;
        }

        if (members.TryGetValue(Images, out var images) && images.ValueKind == JsonValueKind.Array)
        {
            AddImages(contents, images);
        }

        if (members.TryGetValue(Audio, out var audio) && audio.ValueKind == JsonValueKind.Object)
        {
            AddSound(contents, audio, hasText: message.Content?.Text is { Length: > 0 });
        }
    }

    /// <summary>The member that a content came in; null when it is of the message's content.</summary>
    public static string? MemberOf(AIContent content) =>
        content.AdditionalProperties?.TryGetValue(Key, out var member) == true ? member?.ToString() : null;

    /// <summary>
    /// The unknown members of a message without the bytes that became contents: of sound, a request refers to its id.
    /// </summary>
    public static IDictionary<string, JsonElement>? WithoutBytes(IDictionary<string, JsonElement>? members)
    {
        var hasMedia = members is not null && (members.ContainsKey(Images) || members.ContainsKey(Audio));
        if (!hasMedia)
        {
            return members;
        }

        var rest = new Dictionary<string, JsonElement>(members!, StringComparer.Ordinal);
        rest.Remove(Images);
        if (rest.TryGetValue(Audio, out var audio) && WireJson.ToMembers(audio) is { } sound)
        {
            sound.Remove(Data);
            rest[Audio] = WireJson.ToObject(sound) ?? audio;
        }

        return rest;
    }

    private static void AddImages(List<AIContent> contents, JsonElement images)
    {
        foreach (var image in images.EnumerateArray())
        {
            if (PartOf(image) is { } part && PartReader.Read(part) is { } content)
            {
                contents.Add(Mark(content, Images));
            }
        }
    }

    /// <summary>An image alone is an address or data, whatever else a part that is a text would be.</summary>
    private static Wire.ChatContentPart? PartOf(JsonElement image)
    {
        var part = JsonRead.FromElement(image, Wire.ChatContentPart.ReadFrom);
        if (image.ValueKind != JsonValueKind.String)
        {
            return part;
        }

        var url = new Wire.ChatImageUrl { Url = part?.Text };
        return new Wire.ChatContentPart { Type = Wire.ChatContentPartType.ImageUrl, ImageUrl = url };
    }

    private static void AddSound(List<AIContent> contents, JsonElement audio, bool hasText)
    {
        if (!hasText && JsonMember.Text(audio, "transcript"u8) is { Length: > 0 } transcript)
        {
            contents.Add(Mark(new TextContent(transcript), Audio));
        }

        if (JsonMember.Text(audio, "data"u8) is { Length: > 0 } data)
        {
            contents.Add(Mark(PartReader.ReadSound(new Wire.Base64Data(data), JsonMember.Text(audio, "format"u8), raw: audio), Audio));
        }
    }

    private static AIContent Mark(AIContent content, string member)
    {
        (content.AdditionalProperties ??= [])[Key] = member;
        return content;
    }
}
