using System;
using System.Collections.Generic;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <content>
/// Optional members of requests: gateways reject <c>[]</c>, <c>{}</c> and null where they mean nothing, so none is written.
/// </content>
internal static partial class JsonWrite
{
    public static void Choice(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value) => Member(writer, name, value);

    public static void Choice(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? value) => Member(writer, name, value);

    public static void Choice(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value) => Member(writer, name, value);

    public static void Choice(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal? value) => Member(writer, name, value);

    public static void Choice(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? value) => Member(writer, name, value);

    public static void Choice<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T? value)
        where T : struct, IJsonValue => Member(writer, name, value);

    public static void Choice(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (IsChosen(value))
        {
            Member(writer, name, value);
        }
    }

    public static void Choice<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T? value)
        where T : class, IJsonModel
    {
        if (IsChosen(value))
        {
            Member(writer, name, value);
        }
    }

    public static void Choice(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string>? values)
    {
        if (IsChosen(values))
        {
            writer.WritePropertyName(name);
            ChosenStrings(writer, values!);
        }
    }

    /// <summary>Writes those of the strings that are not empty.</summary>
    public static void ChosenStrings(Utf8JsonWriter writer, IReadOnlyList<string> values)
    {
        writer.WriteStartArray();

        for (var i = 0; i < values.Count; i++)
        {
            if (!string.IsNullOrEmpty(values[i]))
            {
                writer.WriteStringValue(values[i]);
            }
        }

        writer.WriteEndArray();
    }

    public static void Choice<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T>? values)
        where T : IJsonModel
    {
        if (IsChosen(values))
        {
            Member(writer, name, values);
        }
    }

    /// <summary>Whether <c>Choice</c> writes the value.</summary>
    public static bool IsChosen(object? value) => value is not null and not IJsonObject { IsEmpty: true };

    public static bool IsChosen(long? value) => IsSet(value);

    public static bool IsChosen(double? value) => IsSet(value);

    public static bool IsChosen(decimal? value) => IsSet(value);

    public static bool IsChosen(bool? value) => IsSet(value);

    public static bool IsChosen<T>(T? value)
        where T : struct, IJsonValue => IsSet(value);

    public static bool IsChosen(JsonElement? value) =>
        value is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) };

    public static bool IsChosen(IReadOnlyList<string>? values)
    {
        for (var i = 0; i < (values?.Count ?? 0); i++)
        {
            if (!string.IsNullOrEmpty(values![i]))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsChosen<T>(IReadOnlyList<T>? values)
        where T : IJsonModel
    {
        for (var i = 0; i < (values?.Count ?? 0); i++)
        {
            if (values![i] is { } value and not IJsonValue { IsEmpty: true })
            {
                return true;
            }
        }

        return false;
    }
}
