using System;
using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Json;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Values of the abstractions as JSON, without reflection for every type that Microsoft.Extensions.AI knows.</summary>
internal static class WireJson
{
    private static readonly JsonSerializerOptions _compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>A value as it is sent.</summary>
    /// <param name="value">A primitive, an element, a node, a dictionary, or any other type that can be serialized.</param>
    /// <param name="name">What it is the value of, for an error.</param>
    /// <exception cref="ArgumentException">The value cannot be written as JSON.</exception>
    public static JsonElement ToElement(object? value, string name)
    {
        try
        {
            if (value is JsonElement element)
            {
                // It may belong to a document that its owner disposes of.
                return element.Clone();
            }

            return JsonSerializer.SerializeToElement(value, _compact.GetTypeInfo(typeof(object)));
        }
        catch (Exception exception) when (IsOfSerializer(exception))
        {
            throw new ArgumentException(
                $"{name} cannot be written as JSON: {exception.Message} "
                + "Pass a string, a number, a boolean, a dictionary or a JsonElement.",
                name,
                exception);
        }
    }

    /// <summary>JSON text for a model to read; characters of any script are written as they are.</summary>
    /// <exception cref="ArgumentException">The value cannot be written as JSON.</exception>
    public static string ToText(object? value, string name)
    {
        var element = ToElement(value, name);
        return element.ValueKind == JsonValueKind.String ? element.GetString()! : ReadableJson.Write(element.WriteTo);
    }

    /// <summary>An object with the members of a dictionary; null when it has none.</summary>
    public static JsonElement? ToObject(IDictionary<string, JsonElement>? members)
    {
        if (members is not { Count: > 0 })
        {
            return null;
        }

        var json = ReadableJson.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var member in members)
            {
                writer.WritePropertyName(member.Key);
                member.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        });

        return Parse(json);
    }

    /// <summary>The members of an object; null when it is none.</summary>
    public static IDictionary<string, JsonElement>? ToMembers(object? value)
    {
        if (value is not JsonElement { ValueKind: JsonValueKind.Object } element)
        {
            return null;
        }

        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = member.Value.Clone();
        }

        return members;
    }

    /// <summary>The JSON of a text; null when it is not JSON.</summary>
    public static JsonElement? TryParse(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        try
        {
            return Parse(json!);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The arguments of a function call: an object, or an exception that says what is wrong.</summary>
    /// <exception cref="JsonException">The text is not a JSON object.</exception>
    public static IDictionary<string, object?>? ToArguments(string json)
    {
        // Some models write nothing for no arguments.
        if (string.IsNullOrWhiteSpace(json))
        {
            return new Dictionary<string, object?>(StringComparer.Ordinal);
        }

        var type = AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>));
        return (IDictionary<string, object?>?)JsonSerializer.Deserialize(json, type);
    }

    private static bool IsOfSerializer(Exception exception) =>
        exception is NotSupportedException or ArgumentException or JsonException or InvalidOperationException;

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
