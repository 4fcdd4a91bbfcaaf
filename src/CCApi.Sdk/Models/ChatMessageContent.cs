using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>
/// The content of a message: a text or a list of parts (text, images, audio, files, reasoning). A value type, so that the text of
/// a stream's chunk costs no wrapper object.
/// </summary>
[JsonConverter(typeof(JsonConverter))]
public readonly record struct ChatMessageContent : IJsonValue
{
    private static readonly object _null = new();

    private readonly object? _value;

    /// <summary>Content that is a text, sent as a string.</summary>
    /// <param name="text">The text.</param>
    public ChatMessageContent(string text) => _value = text;

    /// <summary>Content that is a list of parts, sent as an array.</summary>
    /// <param name="parts">The parts, in their order.</param>
    public ChatMessageContent(IReadOnlyList<ChatContentPart> parts) => _value = parts;

    private ChatMessageContent(object value) => _value = value;

    /// <summary>The text: the string itself, or the text parts joined; null when there is neither.</summary>
    public string? Text => _value as string ?? Join(Parts, ChatContentPart.TextOf);

    /// <summary>The parts; null when the content is a plain text.</summary>
    public IReadOnlyList<ChatContentPart>? Parts => _value as IReadOnlyList<ChatContentPart>;

    /// <summary>The reasoning parts joined; null when there is none.</summary>
    internal string? Reasoning => Join(Parts, ChatContentPart.ReasoningOf);

    /// <summary>Stands for a null that was read. Only the member that keeps it sees it.</summary>
    internal static ChatMessageContent Null { get; } = new(_null);

    internal bool IsNull => _value == _null;

    /// <summary>Content that is a text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator ChatMessageContent(string text) => new(text);

    /// <summary>Content that is a text; null stays null.</summary>
    /// <param name="text">The text, or null.</param>
    public static implicit operator ChatMessageContent?(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return new ChatMessageContent(text);
    }

    /// <summary>Content that is a list of parts.</summary>
    /// <param name="parts">The parts, in their order.</param>
    public static implicit operator ChatMessageContent(ChatContentPart[] parts) => new(parts);

    /// <summary>Content that is a list of parts; null stays null.</summary>
    /// <param name="parts">The parts, in their order, or null.</param>
    public static implicit operator ChatMessageContent?(ChatContentPart[]? parts)
    {
        if (parts is null)
        {
            return null;
        }

        return new ChatMessageContent(parts);
    }

    /// <summary>The text, or an empty string.</summary>
    public override string ToString() => Text ?? string.Empty;

    internal static ChatMessageContent? ReadFrom(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                return new ChatMessageContent(JsonRead.List(ref reader, ChatContentPart.ReadFrom)!);
            case JsonTokenType.StartObject:
                return new ChatMessageContent([ChatContentPart.ReadFrom(ref reader)!]);
            default:
                return JsonRead.Text(ref reader);
        }
    }

    bool IJsonValue.IsEmpty => _value is null;

    void IJsonModel.WriteTo(Utf8JsonWriter writer)
    {
        if (Parts is { } parts)
        {
            JsonWrite.Models(writer, parts);
        }
        else
        {
            writer.WriteStringValue(_value as string ?? string.Empty);
        }
    }

    private static string? Join(IReadOnlyList<ChatContentPart>? parts, Func<ChatContentPart, string?> select)
    {
        string? only = null;
        StringBuilder? all = null;

        foreach (var part in parts ?? [])
        {
            if (select(part) is not { } text)
            {
                continue;
            }

            if (only is null)
            {
                only = text;
            }
            else
            {
                all ??= new StringBuilder(only);
                all.Append(text);
            }
        }

        return all?.ToString() ?? only;
    }

    /// <summary>Reads and writes a string or an array of parts.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class JsonConverter : JsonConverter<ChatMessageContent>
    {
        /// <inheritdoc/>
        public override ChatMessageContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (ReadFrom(ref reader) is { } value)
            {
                return value;
            }

            reader.Skip();

            return default;
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, ChatMessageContent value, JsonSerializerOptions options) =>
            JsonWrite.Model(writer, value);
    }
}
