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
    private static readonly string[] _handled = ["$ref", "$defs", "anyOf", "type", "description", "properties", "required", "additionalProperties", "items", "enum", "const"];
    private static readonly string[] _silent = ["$schema", "$id", "$comment", "title"];
    private static readonly string[] _formats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    /// <summary>The strict schema; null when the schema has no strict form, as of a dictionary, or exceeds a limit.</summary>
    public static JsonObject? Make(JsonNode schema)
    {
        var isPlainObject = schema is JsonObject && schema["anyOf"] is null && SchemaNode.Types((JsonObject)schema) is ["object"];
        if (!isPlainObject || Node(schema) is not { } strict || !AddDefinitions(strict, schema["$defs"] as JsonObject))
        {
            return null;
        }

        return StrictLimits.Allow(strict) ? strict : null;
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

        return schema["anyOf"] is JsonArray branches ? Union(schema, branches) : Single(schema);
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
            if (schema.TryGetPropertyValue(name, out var value) && (name != "format" || IsKnownFormat(value)))
            {
                strict[name] = value?.DeepClone();
            }
        }

        return (!types.Contains("object") || AddMembers(strict, schema)) && (!types.Contains("array") || AddItems(strict, schema)) ? strict : null;
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
        var notes = schema.Where(keyword => !_handled.Contains(keyword.Key) && !_silent.Contains(keyword.Key))
            .Where(keyword => keyword.Value is { } value && !(keyword.Key == "format" && IsKnownFormat(value)) && !(keyword.Key == "pattern" && IsNumber(schema)))
            .Select(keyword => $"{keyword.Key}: {(keyword.Value!.GetValueKind() == JsonValueKind.String ? keyword.Value.ToString() : SchemaNode.ToElement(keyword.Value).GetRawText())}");
        var (description, note) = (schema["description"]?.ToString(), string.Join(", ", notes));
        var text = description is null ? note : note.Length == 0 ? description : $"{description} ({note})";
        if (text.Length > 0)
        {
            strict["description"] = text;
        }
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

            // A constant tells derived types apart, though the exporter does not always require it.
            properties[member.Key] = required.Contains(member.Key) || property.ContainsKey("const") ? property : Nullable(property);
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
            var own = branch as JsonObject;
            if (own is not null && own["type"] is null && own["$ref"] is null && types.FirstOrDefault(type => type != "null") is { } type)
            {
                own = (JsonObject)own.DeepClone();
                own["type"] = type;
            }

            if (Node(own) is not { } strictBranch)
            {
                return null;
            }

            strictBranches.Add((JsonNode)strictBranch);
        }

        var strict = new JsonObject();
        AddDescription(strict, schema);
        strict["anyOf"] = strictBranches;
        return types.Contains("null") ? Nullable(strict) : strict;
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
