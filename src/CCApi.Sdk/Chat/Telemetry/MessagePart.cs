using System;
using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>A part of a message in the form that the conventions for telemetry define.</summary>
internal sealed class MessagePart
{
    private readonly string _type;
    private readonly string _textName;
    private string? _text;
    private string? _id;
    private string? _name;
    private string? _modality;
    private string? _mediaType;

    private MessagePart(string type, string textName, string? text) => (_type, _textName, _text) = (type, textName, text);

    public static List<MessagePart> Of(ChatMessage message)
    {
        var parts = new List<MessagePart>();
        if (message.Role == ChatRole.Tool)
        {
            parts.Add(new MessagePart("tool_call_response", "response", message.Content?.ToString()) { _id = message.ToolCallId });
            return parts;
        }

        AddText(parts, "reasoning", message.GetReasoning());
        if (message.Content?.Parts is { } contents)
        {
            foreach (var content in contents)
            {
                Add(parts, content);
            }
        }
        else
        {
            AddText(parts, "text", message.Content?.Text);
        }

        AddText(parts, "refusal", message.Refusal);

        foreach (var call in message.ToolCalls ?? [])
        {
            var arguments = call.Function?.Arguments?.ToString();
            parts.Add(new MessagePart("tool_call", "arguments", arguments) { _id = call.Id, _name = call.Function?.Name });
        }

        return parts;
    }

    /// <summary>Masks the keys in the texts, and truncates those that exceed what is left.</summary>
    /// <remarks>A part counts at least one character, so that there are not more parts than characters either.</remarks>
    public static void Prepare(List<MessagePart> parts, TelemetryText text, ref int rest)
    {
        foreach (var part in parts)
        {
            var length = part._text?.Length ?? 0;
            part._text = text.Mask(part._text, rest);
            part._id = text.Clean(part._id);
            part._name = text.Clean(part._name);
            part._mediaType = text.Clean(part._mediaType);
            rest = Math.Max(0, rest - Math.Max(1, length));
        }
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", _type);
        WriteKnown(writer, "id", _id);
        WriteKnown(writer, "name", _name);
        WriteKnown(writer, "modality", _modality);
        WriteKnown(writer, "mime_type", _mediaType);
        if (_text is not null)
        {
            WriteText(writer, _textName, _text);
        }

        writer.WriteEndObject();
    }

    private static void Add(List<MessagePart> parts, ChatContentPart content)
    {
        AddText(parts, "text", ChatContentPart.TextOf(content));
        AddText(parts, "refusal", content.Refusal);
        if (content.ImageUrl?.Url is { } url)
        {
            parts.Add(OfAddress(url, "image"));
        }

        if (content.InputAudio is { } audio)
        {
            var mediaType = audio.Format is { } format ? $"audio/{format}" : null;
            parts.Add(new MessagePart("blob", "content", "") { _modality = "audio", _mediaType = mediaType });
        }

        if (content.File is { } file)
        {
            parts.Add(file.FileId is { } id
                ? new MessagePart("file", "file_id", id) { _modality = "document" }
                : new MessagePart("blob", "content", "") { _modality = "document", _name = file.Filename });
        }
    }

    /// <summary>An address is a link, or the data itself, of which only the type is kept.</summary>
    private static MessagePart OfAddress(string address, string modality)
    {
        if (!address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return new MessagePart("uri", "uri", address) { _modality = modality };
        }

        var end = address.IndexOfAny([';', ',']);

        return new MessagePart("blob", "content", "") { _modality = modality, _mediaType = end > 5 ? address.Substring(5, end - 5) : null };
    }

    private static void AddText(List<MessagePart> parts, string type, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            parts.Add(new MessagePart(type, "content", text));
        }
    }

    private static void WriteKnown(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>
    /// Arguments and results are objects where they can be; those with half of a surrogate pair could not be written.
    /// </summary>
    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        var mayBeObject = name is "arguments" or "response"
            && text is ['{', ..]
            && !JsonEscapes.HasLoneSurrogates(text);
        if (mayBeObject && Parse(text) is { } json)
        {
            writer.WritePropertyName(name);
            json.WriteTo(writer);
        }
        else
        {
            writer.WriteString(name, text);
        }
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
