using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>Finds which schema of a type applies to a value: behind references, and the branch of a union that is meant.</summary>
internal static class SchemaBranches
{
    /// <summary>A loop of references ends here; the exporter creates none.</summary>
    private const int MaxSteps = 16;

    /// <summary>The schema of a value behind references and unions; null when there is none for it.</summary>
    public static JsonObject? Follow(JsonElement value, JsonNode? node, JsonNode root)
    {
        for (var step = 0; step < MaxSteps && node is JsonObject schema; step++)
        {
            if (schema["$ref"] is { } reference)
            {
                node = SchemaNode.Resolve(root, reference.ToString());
            }
            else if (schema["anyOf"] is JsonArray branches)
            {
                node = ByConstants(value, branches) ?? ByType(value, branches, root);
            }
            else
            {
                return schema;
            }
        }

        return null;
    }

    /// <summary>The branch of a union whose constants are those of the value; null when there is none.</summary>
    public static JsonObject? ByConstants(JsonElement value, JsonArray branches) =>
        branches.OfType<JsonObject>().FirstOrDefault(branch => HasConstants(value, branch));

    /// <summary>The members that distinguish derived types.</summary>
    public static IReadOnlyList<KeyValuePair<string, JsonNode?>> Constants(JsonNode? schema)
    {
        var properties = (schema as JsonObject)?["properties"] as JsonObject ?? [];
        return properties.Where(member => (member.Value as JsonObject)?.ContainsKey("const") == true).ToList();
    }

    /// <summary>
    /// The value of a member, whose name may be in another case where no member has the exact one; null when it is missing.
    /// </summary>
    public static JsonElement? Member(JsonElement value, string name, bool ignoreCase)
    {
        if (value.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        if (!ignoreCase)
        {
            return null;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    private static bool HasConstants(JsonElement value, JsonObject branch)
    {
        var constants = Constants(branch);
        if (constants.Count == 0 || value.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        return constants.All(member => HasConstant(value, member));
    }

    private static bool HasConstant(JsonElement value, KeyValuePair<string, JsonNode?> member) =>
        value.TryGetProperty(member.Key, out var own) && JsonValueComparer.IsSame(own, member.Value!["const"]);

    private static JsonObject? ByType(JsonElement value, JsonArray branches, JsonNode root) =>
        branches.OfType<JsonObject>().FirstOrDefault(
            branch => Constants(branch).Count == 0 && MayHaveType(value, branch, root));

    private static bool MayHaveType(JsonElement value, JsonObject branch, JsonNode root)
    {
        if (branch["$ref"] is { } reference)
        {
            return SchemaNode.Resolve(root, reference.ToString()) is JsonObject target && MayHaveType(value, target, root);
        }

        var types = SchemaNode.Types(branch);

        return types.Count == 0 || types.Any(type => SchemaAssertions.IsOfType(value, type));
    }
}
