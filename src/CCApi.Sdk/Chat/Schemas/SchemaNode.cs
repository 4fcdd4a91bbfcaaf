using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Reads a node of a JSON schema.</summary>
internal static class SchemaNode
{
    /// <summary>The types that a value may have: those that are named, else those of the values that are listed.</summary>
    public static IReadOnlyList<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(type => $"{type}")],
        { } one => [one.ToString()],
        _ when schema.TryGetPropertyValue("const", out var constant) => [TypeOf(constant)],
        _ when schema["enum"] is JsonArray values => [.. values.Select(TypeOf).Distinct()],
        _ => [],
    };

    /// <summary>The types that a value may have, behind a reference too.</summary>
    public static IReadOnlyList<string> Types(JsonNode? node, JsonNode root)
    {
        if (node is not JsonObject schema)
        {
            return [];
        }

        if (schema["$ref"] is { } reference)
        {
            schema = Resolve(root, reference.ToString()) as JsonObject ?? [];
        }

        return Types(schema);
    }

    /// <summary>The types as a schema has them: a text, or a list of several.</summary>
    public static JsonNode TypeNode(IReadOnlyList<string> types)
    {
        if (types.Count == 1)
        {
            return JsonValue.Create(types[0]);
        }

        return new JsonArray([.. types.Select(type => (JsonNode)JsonValue.Create(type))]);
    }

    /// <summary>The names of the members that must be there.</summary>
    public static IReadOnlyList<string> Required(JsonObject schema) =>
        [.. (schema["required"] as JsonArray ?? []).Select(name => $"{name}")];

    /// <summary>Finds the schema of a member.</summary>
    /// <param name="schema">The schema of the object.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="ignoreCase">Whether the name may be in another case.</param>
    /// <param name="property">The schema of the member.</param>
    public static bool Property(JsonObject schema, string name, bool ignoreCase, out JsonNode? property)
    {
        property = null;
        if (schema["properties"] is not JsonObject properties)
        {
            return false;
        }

        if (properties.TryGetPropertyValue(name, out property))
        {
            return true;
        }

        if (!ignoreCase)
        {
            return false;
        }

        var names = properties.Select(member => member.Key);
        var similar = names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));

        return similar is not null && properties.TryGetPropertyValue(similar, out property);
    }

    /// <summary>How names of members compare.</summary>
    public static StringComparer NameComparer(bool ignoreCase)
    {
        if (ignoreCase)
        {
            return StringComparer.OrdinalIgnoreCase;
        }

        return StringComparer.Ordinal;
    }

    /// <summary>The node that a reference such as <c>#/properties/next</c> names; null when there is none.</summary>
    public static JsonNode? Resolve(JsonNode? root, string reference)
    {
        if (reference.Length == 0 || reference[0] != '#')
        {
            return null;
        }

        var node = root;

        foreach (var step in reference.Substring(1).Split(['/'], StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/").Replace("~0", "~");
            node = node switch
            {
                JsonObject members => members[name],
                JsonArray items when int.TryParse(name, out var index) => items.ElementAtOrDefault(index),
                _ => null,
            };
        }

        return node;
    }

    /// <summary>Whether null fits.</summary>
    public static bool AllowsNull(JsonNode? node, JsonNode root)
    {
        if (node is not JsonObject schema)
        {
            return true;
        }

        if (schema["$ref"] is { } reference)
        {
            return AllowsNull(Resolve(root, reference.ToString()), root);
        }

        if (schema["anyOf"] is JsonArray branches && schema["type"] is null)
        {
            return branches.Any(branch => AllowsNull(branch, root));
        }

        var types = Types(schema);

        return types.Count == 0 || types.Contains("null");
    }

    /// <summary>The node as it is sent: characters of any script as they are.</summary>
    public static JsonElement ToElement(JsonNode node)
    {
        using var document = JsonDocument.Parse(ReadableJson.Write(writer => node.WriteTo(writer)));
        return document.RootElement.Clone();
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        _ => "object",
    };
}
