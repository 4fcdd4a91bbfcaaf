using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>Writes one member of an object, or nothing when it is null.</summary>
internal static class JsonWrite
{
    public static void Model<T>(Utf8JsonWriter writer, T value)
        where T : IJsonModel => value.WriteTo(writer);

    public static void Member(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void Member(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    public static void Member(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            writer.WritePropertyName(name);
            WriteDouble(writer, number);
        }
    }

    public static void Member(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    public static void Member(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(name, flag);
        }
    }

    public static void Member(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (value is { ValueKind: not JsonValueKind.Undefined } element)
        {
            writer.WritePropertyName(name);
            Element(writer, element);
        }
    }

    public static void Member<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T? value)
        where T : class, IJsonModel
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    public static void Member<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T? value)
        where T : struct, IJsonModel
    {
        if (value is { } model)
        {
            writer.WritePropertyName(name);
            model.WriteTo(writer);
        }
    }

    public static void Member(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string>? values)
    {
        if (values is not null)
        {
            writer.WritePropertyName(name);
            Strings(writer, values);
        }
    }

    public static void Member(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<long>? values)
    {
        if (values is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        for (var i = 0; i < values.Count; i++)
        {
            writer.WriteNumberValue(values[i]);
        }

        writer.WriteEndArray();
    }

    public static void Member<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T>? values)
        where T : IJsonModel
    {
        if (values is not null)
        {
            writer.WritePropertyName(name);
            Models(writer, values);
        }
    }

    public static void Strings(Utf8JsonWriter writer, IReadOnlyList<string> values)
    {
        writer.WriteStartArray();
        for (var i = 0; i < values.Count; i++)
        {
            writer.WriteStringValue(values[i]);
        }

        writer.WriteEndArray();
    }

    public static void Models<T>(Utf8JsonWriter writer, IReadOnlyList<T> values)
        where T : IJsonModel
    {
        writer.WriteStartArray();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                value.WriteTo(writer);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the bytes as they came: decoding first would throw on lone surrogates and lose the spelling of numbers. Only bad UTF-8 is mended.</summary>
    public static void Element(Utf8JsonWriter writer, JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
#if !NETSTANDARD2_0
        if (System.Text.Unicode.Utf8.IsValid(raw))
        {
            writer.WriteRawValue(raw, skipInputValidation: true);
            return;
        }
#endif
        writer.WriteRawValue(JsonText.Utf8(raw), skipInputValidation: true);
    }

    public static void Unknown(Utf8JsonWriter writer, IDictionary<string, JsonElement>? members)
    {
        if (members is null)
        {
            return;
        }

        foreach (var member in members)
        {
            if (member.Value.ValueKind != JsonValueKind.Undefined)
            {
                writer.WritePropertyName(member.Key);
                Element(writer, member.Value);
            }
        }
    }

    private static void WriteDouble(Utf8JsonWriter writer, double number)
    {
#if NETSTANDARD2_0
        // There the writer prints 17 digits: 0.7 would go out as 0.69999999999999996.
        var text = number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }
#else
        writer.WriteNumberValue(number);
#endif
    }
}
