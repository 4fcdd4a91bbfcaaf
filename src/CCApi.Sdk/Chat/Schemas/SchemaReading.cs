using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>
/// Finds what is wrong with a value that System.Text.Json has read: it takes a missing text for null, and any number for an enum.
/// Everything else that it reads is fine, whatever the schema says.
/// </summary>
internal sealed class SchemaReading
{
    private readonly JsonNode _root;
    private readonly bool _ignoreCase;

    private SchemaReading(JsonNode root, bool ignoreCase)
    {
        _root = root;
        _ignoreCase = ignoreCase;
    }

    /// <summary>What is wrong and where, such as <c>$.city is missing</c>; null when nothing is.</summary>
    public static string? Problem(JsonElement value, JsonNode schema, bool ignoreCase) =>
        new SchemaReading(schema, ignoreCase).Check(value, schema);

    /// <summary>The path is put together on the way out, because most values have no fault.</summary>
    private string? Check(JsonElement value, JsonNode schema)
    {
        var fault = Find(value, schema);
        return fault is null ? null : $"${fault}";
    }

    private string? Find(JsonElement value, JsonNode? node)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return FindNull(node);
        }

        if (SchemaBranches.Follow(value, node, _root) is not { } schema)
        {
            return null;
        }

        if (SchemaAssertions.CheckEnum(value, schema, ignoreCase: true) is { } problem)
        {
            return $" {problem}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => FindInMembers(value, schema),
            JsonValueKind.Array => FindInItems(value, schema["items"]),
            _ => null,
        };
    }

    private string? FindNull(JsonNode? node)
    {
        if (SchemaNode.AllowsNull(node, _root))
        {
            return null;
        }

        return $" must be {string.Join(" or ", SchemaNode.Types(node, _root))}, but is null";
    }

    private string? FindInMembers(JsonElement value, JsonObject schema)
    {
        var missing = SchemaNode.Required(schema).FirstOrDefault(
            name => SchemaBranches.Member(value, name, _ignoreCase) is null);
        if (missing is not null)
        {
            return $".{missing} is missing";
        }

        foreach (var member in value.EnumerateObject())
        {
            var isKnown = SchemaNode.Property(schema, member.Name, _ignoreCase, out var property);
            var fault = isKnown
                ? Find(member.Value, property)
                : FindInEntry(member.Value, schema["additionalProperties"]);

            if (fault is not null)
            {
                return $".{member.Name}{fault}";
            }
        }

        return null;
    }

    private string? FindInItems(JsonElement value, JsonNode? items)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (FindInEntry(item, items) is { } fault)
            {
                return string.Format(CultureInfo.InvariantCulture, "[{0}]{1}", index, fault);
            }

            index++;
        }

        return null;
    }

    /// <summary>Whether the elements of a collection may be null is not known of reference types: what was read may.</summary>
    private string? FindInEntry(JsonElement value, JsonNode? schema)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return Find(value, schema);
    }
}
