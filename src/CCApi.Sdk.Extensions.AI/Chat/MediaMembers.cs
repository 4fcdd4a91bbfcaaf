using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Json;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// Media that models return beside the content of their message (observed): <c>images</c>, a list of image parts, and
/// <c>audio</c>, an object with base64 and a transcript.
/// </summary>
internal static class MediaMembers
{
    public static void AddTo(List<AIContent> contents, Wire.ChatMessage message)
    {
        if (message.AdditionalProperties is not { } members)
        {
            return;
        }

        if (members.TryGetValue("images", out var images) && images.ValueKind == JsonValueKind.Array)
        {
            AddImages(contents, images);
        }

        if (members.TryGetValue("audio", out var audio) && audio.ValueKind == JsonValueKind.Object)
        {
            AddSound(contents, audio, hasText: message.Content?.Text is { Length: > 0 });
        }
    }

    private static void AddImages(List<AIContent> contents, JsonElement images)
    {
        foreach (var image in images.EnumerateArray())
        {
            if (JsonRead.FromElement(image, Wire.ChatContentPart.ReadFrom) is { } part && PartReader.Read(part) is { } content)
            {
                contents.Add(content);
            }
        }
    }

    private static void AddSound(List<AIContent> contents, JsonElement audio, bool hasText)
    {
        if (!hasText && JsonMember.Text(audio, "transcript"u8) is { Length: > 0 } transcript)
        {
            contents.Add(new TextContent(transcript));
        }

        if (JsonMember.Text(audio, "data"u8) is { Length: > 0 } data)
        {
            contents.Add(PartReader.ReadSound(new Wire.Base64Data(data), JsonMember.Text(audio, "format"u8), raw: audio));
        }
    }
}
