using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>
/// The arguments of a tool call: JSON text in a string (documented by OpenAI) or, from some gateways, the object itself
/// (observed).
/// </summary>
[JsonConverter(typeof(JsonConverter))]
public readonly record struct ChatToolArguments : IJsonValue
{
    private readonly string? _text;
    private readonly bool _isObject;

    /// <summary>Arguments as JSON text, sent as a string.</summary>
    /// <param name="json">The JSON text. A model may have written it, so it need not be valid.</param>
    public ChatToolArguments(string json) => _text = json;

    private ChatToolArguments(JsonElement json)
    {
        _text = JsonText.Utf8(JsonMarshal.GetRawUtf8Value(json));
        _isObject = true;
    }

    /// <summary>Arguments as JSON text; null becomes arguments that are never sent.</summary>
    /// <param name="json">The JSON text, or null.</param>
    public static implicit operator ChatToolArguments(string? json) => new(json!);

    /// <summary>Arguments as JSON text; null stays null.</summary>
    /// <param name="json">The JSON text, or null.</param>
    public static implicit operator ChatToolArguments?(string? json)
    {
        if (json is null)
        {
            return null;
        }

        return new ChatToolArguments(json);
    }

    /// <summary>The JSON text of the arguments; empty when there is none. A model wrote it: it may be incomplete or invalid.</summary>
    public override string ToString() => _text ?? string.Empty;

    internal static ChatToolArguments? ReadFrom(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            return new ChatToolArguments(JsonElement.ParseValue(ref reader));
        }

        if (JsonRead.Text(ref reader) is { } text)
        {
            return new ChatToolArguments(text);
        }

        return default(ChatToolArguments?);
    }

    bool IJsonValue.IsEmpty => _text is null;

    void IJsonModel.WriteTo(Utf8JsonWriter writer)
    {
        if (_isObject)
        {
            writer.WriteRawValue(_text!, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(ToString());
        }
    }

    /// <summary>Reads and writes a string or an object.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class JsonConverter : JsonConverter<ChatToolArguments>
    {
        /// <inheritdoc/>
        public override ChatToolArguments Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (ReadFrom(ref reader) is { } value)
            {
                return value;
            }

            reader.Skip();

            return default;
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, ChatToolArguments value, JsonSerializerOptions options) =>
            JsonWrite.Model(writer, value);
    }
}
