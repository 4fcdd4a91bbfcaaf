using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>One stop sequence or several, written as a string or an array (inferred from the OpenAI API, which takes up to 4).</summary>
[JsonConverter(typeof(JsonConverter))]
public readonly record struct StopSequences : IJsonValue
{
    private readonly object? _value;

    /// <summary>One sequence, sent as a string.</summary>
    /// <param name="value">The text at which the model stops.</param>
    public StopSequences(string value) => _value = value;

    /// <summary>Several sequences, sent as an array.</summary>
    /// <param name="values">The texts at which the model stops.</param>
    public StopSequences(IReadOnlyList<string> values) => _value = values;

    /// <summary>The sequences; empty when there is none.</summary>
    public IReadOnlyList<string> Values => _value switch
    {
        "" => [],
        string one => [one],
        IReadOnlyList<string> many => many,
        _ => [],
    };

    /// <summary>One sequence, sent as a string; null is none.</summary>
    /// <param name="value">The text at which the model stops, or null.</param>
    public static implicit operator StopSequences(string? value) => new(value!);

    /// <summary>Several sequences, sent as an array; null is none.</summary>
    /// <param name="values">The texts at which the model stops, or null.</param>
    public static implicit operator StopSequences(string[]? values) => new(values!);

    /// <summary>One sequence, sent as a string; null stays null.</summary>
    /// <param name="value">The text at which the model stops, or null.</param>
    public static implicit operator StopSequences?(string? value)
    {
        if (value is null)
        {
            return null;
        }

        return new StopSequences(value);
    }

    /// <summary>Several sequences, sent as an array; null stays null.</summary>
    /// <param name="values">The texts at which the model stops, or null.</param>
    public static implicit operator StopSequences?(string[]? values)
    {
        if (values is null)
        {
            return null;
        }

        return new StopSequences(values);
    }

    /// <summary>The sequences, joined for display.</summary>
    public override string ToString() => string.Join(", ", Values);

    internal static StopSequences? ReadFrom(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return new StopSequences(JsonRead.List<string>(ref reader, JsonRead.Text)!);
        }

        if (JsonRead.Text(ref reader) is { } text)
        {
            return new StopSequences(text);
        }

        return default(StopSequences?);
    }

    bool IJsonValue.IsEmpty => !JsonWrite.IsChosen(Values);

    void IJsonModel.WriteTo(Utf8JsonWriter writer)
    {
        if (_value is string text)
        {
            writer.WriteStringValue(text);
        }
        else
        {
            // An empty sequence stops nothing, and is rejected.
            JsonWrite.ChosenStrings(writer, Values);
        }
    }

    /// <summary>Reads and writes a string or an array of strings.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class JsonConverter : JsonConverter<StopSequences>
    {
        /// <inheritdoc/>
        public override StopSequences Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (ReadFrom(ref reader) is { } value)
            {
                return value;
            }

            reader.Skip();

            return default;
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, StopSequences value, JsonSerializerOptions options) =>
            JsonWrite.Model(writer, value);
    }
}
