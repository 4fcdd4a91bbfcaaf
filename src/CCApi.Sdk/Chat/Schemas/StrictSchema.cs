using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>
/// Creates a schema that strict mode accepts (observed of OpenAI): every object closed, every member required and null where it
/// was optional, no keyword that it does not support. What such a keyword contains goes into the description, for the model to
/// read.
/// </summary>
internal static class StrictSchema
{
    private static readonly string[] _handled =
    [
        "$ref", "$defs", "anyOf", "type", "description", "properties", "required", "additionalProperties", "items", "enum",
        "const",
    ];

    private static readonly string[] _silent = ["$schema", "$id", "$comment", "title"];

    private static readonly string[] _formats =
        ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    /// <summary>The strict schema; null when the schema has no strict form, as of a dictionary, or exceeds a limit.</summary>
    public static JsonObject? Make(JsonNode schema)
    {
        if (!IsPlainObject(schema) || Node(schema) is not { } strict)
        {
            return null;
        }

        var isComplete = AddDefinitions(strict, schema["$defs"] as JsonObject);
        if (!isComplete || !StrictLimits.Allow(strict))
        {
            return null;
        }

        return strict;
    }

    private static bool IsPlainObject(JsonNode node)
    {
        if (node is not JsonObject schema || schema["anyOf"] is not null)
        {
            return false;
        }

        return SchemaNode.Types(schema) is ["object"];
    }

    private static bool AddDefinitions(JsonObject strict, JsonObject? definitions)
    {
        if (definitions is null)
        {
            return true;
        }

        var strictDefinitions = new JsonObject();

        foreach (var definition in definitions)
        {
            if (Node(definition.Value) is not { } strictDefinition)
            {
                return false;
            }

            strictDefinitions[definition.Key] = strictDefinition;
        }

        strict["$defs"] = strictDefinitions;

        return true;
    }

    private static JsonObject? Node(JsonNode? node)
    {
        if (node is not JsonObject schema)
        {
            return null;
        }

        if (schema["$ref"] is { } reference)
        {
            return new JsonObject { ["$ref"] = reference.DeepClone() };
        }

        if (schema["anyOf"] is JsonArray branches)
        {
            return Union(schema, branches);
        }

        return Single(schema);
    }

    private static JsonObject? Single(JsonObject schema)
    {
        var types = Types(schema);
        if (types.Count == 0)
        {
            return null;
        }

        var strict = new JsonObject();
        AddDescription(strict, schema);
        strict["type"] = SchemaNode.TypeNode(types);

        foreach (var name in new[] { "enum", "const", "format" })
        {
            if (!schema.TryGetPropertyValue(name, out var value))
            {
                continue;
            }

            var isSupported = name != "format" || IsKnownFormat(value);
            if (isSupported)
            {
                strict[name] = value?.DeepClone();
            }
        }

        if (types.Contains("object") && !AddMembers(strict, schema))
        {
            return null;
        }

        if (types.Contains("array") && !AddItems(strict, schema))
        {
            return null;
        }

        return strict;
    }

    /// <summary>Numbers that are also read from texts are requested as numbers.</summary>
    private static List<string> Types(JsonObject schema)
    {
        var types = SchemaNode.Types(schema).ToList();
        if (IsNumber(schema))
        {
            types.Remove("string");
        }

        return types;
    }

    private static bool IsNumber(JsonObject schema) =>
        SchemaNode.Types(schema).Any(type => type is "integer" or "number");

    private static bool IsKnownFormat(JsonNode? format) => _formats.Contains(format?.ToString());

    private static void AddDescription(JsonObject strict, JsonObject schema)
    {
        var unsupported = schema.Where(keyword => IsUnsupported(keyword.Key, keyword.Value, schema))
            .Select(keyword => $"{keyword.Key}: {Text(keyword.Value!)}");
        var constraints = string.Join(", ", unsupported);
        var description = schema["description"]?.ToString();

        var text = description ?? constraints;
        if (description is not null && constraints.Length > 0)
        {
            text = $"{description} ({constraints})";
        }

        if (text.Length > 0)
        {
            strict["description"] = text;
        }
    }

    /// <summary>Whether a keyword constrains values, and strict mode does not support it.</summary>
    private static bool IsUnsupported(string name, JsonNode? value, JsonObject schema)
    {
        var isSupported = _handled.Contains(name) || _silent.Contains(name);
        if (value is null || isSupported)
        {
            return false;
        }

        return name switch
        {
            "format" => !IsKnownFormat(value),
            "pattern" => !IsNumber(schema),
            _ => true,
        };
    }

    private static string Text(JsonNode value)
    {
        if (value.GetValueKind() == JsonValueKind.String)
        {
            return value.ToString();
        }

        return SchemaNode.ToElement(value).GetRawText();
    }

    private static bool AddMembers(JsonObject strict, JsonObject schema)
    {
        if (schema["additionalProperties"] is { } others && others.GetValueKind() != JsonValueKind.False)
        {
            return false;
        }

        var required = SchemaNode.Required(schema);
        var properties = new JsonObject();

        foreach (var member in schema["properties"] as JsonObject ?? [])
        {
            if (Node(member.Value) is not { } property)
            {
                return false;
            }

            // A constant distinguishes derived types, though the exporter does not always require it.
            var isRequired = required.Contains(member.Key) || property.ContainsKey("const");
            properties[member.Key] = isRequired ? property : Nullable(property);
        }

        strict["properties"] = properties;
        strict["required"] = new JsonArray(
            [.. properties.Select(property => (JsonNode)JsonValue.Create(property.Key))]);
        strict["additionalProperties"] = false;

        return true;
    }

    private static bool AddItems(JsonObject strict, JsonObject schema)
    {
        var items = Node(schema["items"]);
        strict["items"] = items;

        return items is not null;
    }

    /// <summary>The exporter gives the type of the branches once, beside them.</summary>
    private static JsonObject? Union(JsonObject schema, JsonArray branches)
    {
        var types = SchemaNode.Types(schema);
        var strictBranches = new JsonArray();

        foreach (var branch in branches)
        {
            if (Node(WithType(branch as JsonObject, types)) is not { } strictBranch)
            {
                return null;
            }

            strictBranches.Add((JsonNode)strictBranch);
        }

        var strict = new JsonObject();
        AddDescription(strict, schema);
        strict["anyOf"] = strictBranches;

        if (types.Contains("null"))
        {
            return Nullable(strict);
        }

        return strict;
    }

    private static JsonObject? WithType(JsonObject? branch, IReadOnlyList<string> typesOfUnion)
    {
        if (branch is null)
        {
            return null;
        }

        var isTyped = branch["type"] is not null || branch["$ref"] is not null;
        if (isTyped)
        {
            return branch;
        }

        if (typesOfUnion.FirstOrDefault(type => type != "null") is not { } type)
        {
            return branch;
        }

        var typed = (JsonObject)branch.DeepClone();
        typed["type"] = type;

        return typed;
    }

    private static JsonObject Nullable(JsonObject strict)
    {
        var types = SchemaNode.Types(strict).ToList();
        if (strict["anyOf"] is JsonArray branches)
        {
            if (!branches.Any(branch => SchemaNode.Types((JsonObject)branch!).Contains("null")))
            {
                branches.Add((JsonNode)Null());
            }

            return strict;
        }

        if (types.Count == 0)
        {
            return new JsonObject { ["anyOf"] = new JsonArray(strict, Null()) };
        }

        if (!types.Contains("null"))
        {
            strict["type"] = SchemaNode.TypeNode([.. types, "null"]);
            (strict["enum"] as JsonArray)?.Add((JsonNode?)null);
        }

        return strict;
    }

    private static JsonObject Null() => new() { ["type"] = "null" };
}
