using System;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>
/// Whether and which tool the model may call: a word (<see cref="Auto"/>, <see cref="None"/>, <see cref="Required"/>) or one
/// named function.
/// </summary>
[JsonConverter(typeof(JsonConverter))]
public readonly record struct ChatToolChoice : IJsonValue
{
    private readonly object? _value;

    /// <summary>A word, known or not.</summary>
    /// <param name="mode">The word as it is sent.</param>
    public ChatToolChoice(string mode) => _value = mode;

    /// <summary>One named function, which the model must call.</summary>
    /// <param name="named">The choice as it is sent.</param>
    public ChatToolChoice(ChatNamedToolChoice named) => _value = named;

    /// <summary>The model decides (the gateway's default when tools are offered).</summary>
    public static ChatToolChoice Auto { get; } = new("auto");

    /// <summary>The model must not call a tool.</summary>
    public static ChatToolChoice None { get; } = new("none");

    /// <summary>The model must call a tool of its choice.</summary>
    public static ChatToolChoice Required { get; } = new("required");

    /// <summary>The word; null when a function is named.</summary>
    public string? Mode => _value as string;

    /// <summary>The named function; null when the choice is a word.</summary>
    public ChatNamedToolChoice? Named => _value as ChatNamedToolChoice;

    /// <summary>A word, known or not; null becomes an empty choice, which is never sent.</summary>
    /// <param name="mode">The word as it is sent, or null.</param>
    public static implicit operator ChatToolChoice(string? mode) => new(mode!);

    /// <summary>A word, known or not; null stays null.</summary>
    /// <param name="mode">The word as it is sent, or null.</param>
    public static implicit operator ChatToolChoice?(string? mode)
    {
        if (mode is null)
        {
            return null;
        }

        return new ChatToolChoice(mode);
    }

    /// <summary>The model must call the function of this name.</summary>
    /// <param name="name">The name of a function that the request offers.</param>
    public static ChatToolChoice Function(string name) =>
        new(new ChatNamedToolChoice { Type = ChatToolType.Function, Function = new ChatNamedToolChoiceFunction { Name = name } });

    /// <summary>The word, or the name of the function.</summary>
    public override string ToString() => Mode ?? Named?.Function?.Name ?? string.Empty;

    internal static ChatToolChoice? ReadFrom(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return new ChatToolChoice(ChatNamedToolChoice.ReadFrom(ref reader)!);
        }

        if (JsonRead.Text(ref reader) is { } text)
        {
            return new ChatToolChoice(text);
        }

        return default(ChatToolChoice?);
    }

    bool IJsonValue.IsEmpty => _value is null or "";

    void IJsonModel.WriteTo(Utf8JsonWriter writer)
    {
        if (Named is { } named)
        {
            JsonWrite.Model(writer, named);
        }
        else
        {
            writer.WriteStringValue(Mode ?? string.Empty);
        }
    }

    /// <summary>Reads and writes a string or an object.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class JsonConverter : JsonConverter<ChatToolChoice>
    {
        /// <inheritdoc/>
        public override ChatToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (ReadFrom(ref reader) is { } value)
            {
                return value;
            }

            reader.Skip();

            return default;
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, ChatToolChoice value, JsonSerializerOptions options) =>
            JsonWrite.Model(writer, value);
    }
}
