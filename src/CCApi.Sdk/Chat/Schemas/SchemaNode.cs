using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>What a node of a JSON schema says.</summary>
internal static class SchemaNode
{
    /// <summary>The types that a value may have: those that are named, else those of the values that are listed.</summary>
    public static IReadOnlyList<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(type => $"{type}")],
        { } one => [one.ToString()],
        _ when schema.TryGetPropertyValue("const", out var constant) => [TypeOf(constant)],
        _ => schema["enum"] is JsonArray values ? [.. values.Select(TypeOf).Distinct()] : [],
    };

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
            var name = step.Replace("~1", "/").Replace("~0", "~");
            node = node switch
            {
                JsonObject members => members[name],
                JsonArray items when int.TryParse(name, out var index) && index >= 0 && index < items.Count => items[index],
                _ => null,
            };
        }

        return node;
    }

    /// <summary>Whether null fits.</summary>
    public static bool AllowsNull(JsonNode? node, JsonNode root) => node is not JsonObject schema
        || (schema["$ref"] is { } reference ? AllowsNull(Resolve(root, reference.ToString()), root)
            : schema["anyOf"] is JsonArray branches && schema["type"] is null ? branches.Any(branch => AllowsNull(branch, root))
            : Types(schema) is var types && (types.Count == 0 || types.Contains("null")));

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
