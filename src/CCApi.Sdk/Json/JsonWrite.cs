using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>Writes one member of an object, or nothing when it is null or an empty choice.</summary>
internal static partial class JsonWrite
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
        where T : struct, IJsonValue
    {
        if (value is { IsEmpty: false } model)
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
            if (values[i] is { } value and not IJsonValue { IsEmpty: true })
            {
                value.WriteTo(writer);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>
    /// Writes the bytes as they were received: decoding first would throw on lone surrogates and change the form of numbers. Only
    /// bad UTF-8 is replaced, and escapes of characters that need none, as the platform's serializer writes them, become the
    /// characters.
    /// </summary>
    public static void Element(Utf8JsonWriter writer, JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        if (raw.IndexOf("\\u"u8) < 0)
        {
            Raw(writer, raw);
            return;
        }

        using var unescaped = new PooledBuffer();
        JsonText.UnescapeCharacters(raw, unescaped);
        Raw(writer, unescaped.Written);
    }

    private static void Raw(Utf8JsonWriter writer, ReadOnlySpan<byte> raw)
    {
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
        if (members is not null)
        {
            Additional(writer, members, static _ => false);
        }
    }

    /// <summary>
    /// Writes the members that have no typed property, or whose typed property is not set: no name is written twice, and the
    /// typed one wins.
    /// </summary>
    public static void Additional(
        Utf8JsonWriter writer, IDictionary<string, JsonElement> members, Func<string, bool> isWritten)
    {
        foreach (var member in members)
        {
            var isSet = member.Value.ValueKind != JsonValueKind.Undefined;
            if (isSet && !isWritten(member.Key))
            {
                writer.WritePropertyName(member.Key);
                Element(writer, member.Value);
            }
        }
    }

    /// <summary>Whether <c>Member</c> writes the value; the overloads below are for the types whose values can be set and empty.</summary>
    public static bool IsSet(object? value) => value is not null;

    public static bool IsSet(long? value) => value is not null;

    public static bool IsSet(double? value) => value is not null;

    public static bool IsSet(decimal? value) => value is not null;

    public static bool IsSet(bool? value) => value is not null;

    public static bool IsSet(JsonElement? value) => value is { ValueKind: not JsonValueKind.Undefined };

    public static bool IsSet<T>(T? value)
        where T : struct, IJsonValue => value is { IsEmpty: false };

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
