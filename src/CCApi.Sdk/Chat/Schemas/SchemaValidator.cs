using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>
/// Finds where a value does not fit a schema, in words that a model can mend it by. System.Text.Json alone would take a missing text for null. It knows the keywords
/// that tell the shape; what else a schema says is left to whoever reads the value.
/// </summary>
internal sealed class SchemaValidator
{
    private const int MaxDepth = 64;
    private const int MaxExcerpt = 40;

    private readonly JsonNode _root;

    private SchemaValidator(JsonNode root) => _root = root;

    /// <summary>What is wrong and where, such as <c>$.days must be integer, but is "three"</c>; null when the value fits.</summary>
    public static string? Problem(JsonElement value, JsonNode schema)
    {
        try
        {
            return new SchemaValidator(schema).Check(value, schema, "$", 0)?.ToString();
        }
        catch (InvalidOperationException)
        {
            // What the platform says of half a character.
            return "$ holds text that is no valid Unicode";
        }
    }

    /// <summary>The branch of a union whose constants are those of the value; null when there is none.</summary>
    public static JsonObject? Branch(JsonElement value, JsonArray branches) => branches.OfType<JsonObject>().FirstOrDefault(branch => HasConstants(value, branch));

    private static bool HasConstants(JsonElement value, JsonObject branch)
    {
        var constants = Constants(branch);
        return constants.Count > 0 && value.ValueKind == JsonValueKind.Object && constants.All(member =>
            value.TryGetProperty(member.Key, out var own) && IsSame(own, member.Value!["const"], StringComparison.Ordinal));
    }

    /// <summary>The members that tell derived types apart.</summary>
    private static List<KeyValuePair<string, JsonNode?>> Constants(JsonNode? schema) =>
        (schema?["properties"] as JsonObject ?? []).Where(member => (member.Value as JsonObject)?.ContainsKey("const") == true).ToList();

    private Fault? Check(JsonElement value, JsonNode? node, string path, int depth)
    {
        if (node is not JsonObject schema || depth > MaxDepth)
        {
            return null;
        }

        if (schema["$ref"] is { } reference)
        {
            return Check(value, SchemaNode.Resolve(_root, reference.ToString()), path, depth + 1);
        }

        return CheckType(value, schema, path)
            ?? CheckValues(value, schema, path)
            ?? (schema["anyOf"] is JsonArray branches ? CheckBranches(value, branches, path, depth, SchemaNode.Types(schema)) : null)
            ?? CheckMembers(value, schema, path, depth)
            ?? CheckItems(value, schema, path, depth);
    }

    private static Fault? CheckType(JsonElement value, JsonObject schema, string path)
    {
        var types = SchemaNode.Types(schema);
        return types.Count == 0 || types.Any(type => IsOfType(value, type)) ? null : new Fault(path, $"must be {string.Join(" or ", types)}, but is {Excerpt(value)}");
    }

    private static bool IsOfType(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && (value.TryGetInt64(out _) || (value.TryGetDouble(out var number) && Math.Floor(number) == number))),
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        _ => type == "null",
    };

    private static Fault? CheckValues(JsonElement value, JsonObject schema, string path)
    {
        if (schema.TryGetPropertyValue("const", out var constant) && !IsSame(value, constant, StringComparison.Ordinal))
        {
            return new Fault(path, $"must be {Text(constant)}, but is {Excerpt(value)}");
        }

        // System.Text.Json reads the names of enums in any case.
        return schema["enum"] is JsonArray values && !values.Any(known => IsSame(value, known, StringComparison.OrdinalIgnoreCase))
            ? new Fault(path, $"must be one of {string.Join(", ", values.Select(Text))}, but is {Excerpt(value)}")
            : null;
    }

    private Fault? CheckBranches(JsonElement value, JsonArray branches, string path, int depth, IReadOnlyList<string> outerTypes)
    {
        if (value.ValueKind == JsonValueKind.Null && outerTypes.Contains("null"))
        {
            return null;
        }

        var faults = branches.Select(branch => Check(value, branch, path, depth + 1)).ToList();
        if (faults.Count == 0 || faults.Contains(null))
        {
            return null;
        }

        var meant = Branch(value, branches) ?? branches.FirstOrDefault(branch => Constants(branch).Count == 0);
        return meant is not null ? faults[branches.IndexOf(meant)] : value.ValueKind == JsonValueKind.Object ? KindFault(value, branches, path) : faults[0];
    }

    private static Fault KindFault(JsonElement value, JsonArray branches, string path)
    {
        var name = Constants(branches[0])[0].Key;
        var kinds = branches.Select(branch => Text(branch?["properties"]?[name]?["const"]));
        var isThere = value.TryGetProperty(name, out var kind);
        return new Fault($"{path}.{name}", $"must be one of {string.Join(", ", kinds)}, but is {(isThere ? Excerpt(kind) : "missing")}");
    }

    private Fault? CheckMembers(JsonElement value, JsonObject schema, string path, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var required = (schema["required"] as JsonArray ?? []).Select(name => $"{name}").Concat(Constants(schema).Select(member => member.Key));
        var missing = required.FirstOrDefault(name => !value.TryGetProperty(name, out _));
        if (missing is not null)
        {
            return new Fault($"{path}.{missing}", "is missing");
        }

        var properties = schema["properties"] as JsonObject;
        return value.EnumerateObject()
            .Select(member => Check(member.Value, properties?[member.Name] ?? schema["additionalProperties"], $"{path}.{member.Name}", depth + 1))
            .FirstOrDefault(fault => fault is not null);
    }

    private Fault? CheckItems(JsonElement value, JsonObject schema, string path, int depth) =>
        value.ValueKind == JsonValueKind.Array && schema["items"] is JsonObject items
            ? value.EnumerateArray().Select((item, index) => Check(item, items, $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]", depth + 1)).FirstOrDefault(fault => fault is not null)
            : null;

    private static bool IsSame(JsonElement value, JsonNode? known, StringComparison comparison) => known switch
    {
        null => value.ValueKind == JsonValueKind.Null,
        _ when known.GetValueKind() == JsonValueKind.String => value.ValueKind == JsonValueKind.String && string.Equals(value.GetString(), known.ToString(), comparison),
        _ => JsonElement.DeepEquals(value, SchemaNode.ToElement(known)),
    };

    private static string Text(JsonNode? node) => node is null ? "null" : SchemaNode.ToElement(node).GetRawText();

    private static string Excerpt(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= MaxExcerpt ? text : $"{text.Substring(0, MaxExcerpt)}...";
    }

    private sealed record Fault(string Path, string Text)
    {
        public override string ToString() => $"{Path} {Text}";
    }
}
