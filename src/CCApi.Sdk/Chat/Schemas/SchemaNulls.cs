using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>
/// Takes away the nulls that stand for "not given". In strict mode the model gives every member, null where it means the default, and a member such as a number with a
/// default cannot be read from null.
/// </summary>
internal static class SchemaNulls
{
    /// <param name="value">What the model gave.</param>
    /// <param name="schema">The schema before it was made strict.</param>
    public static JsonElement Remove(JsonElement value, JsonNode schema)
    {
        if (!value.GetRawText().Contains("null"))
        {
            return value;
        }

        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value, schema, schema);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, JsonNode? node, JsonNode root)
    {
        var schema = Follow(value, node, root);
        if (schema is null || value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            value.WriteTo(writer);
            return;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
            {
                Write(writer, item, schema["items"], root);
            }

            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            var property = (schema["properties"] as JsonObject)?[member.Name];
            if (member.Value.ValueKind == JsonValueKind.Null && property is not null && !IsRequired(schema, member.Name) && !SchemaNode.AllowsNull(property, root))
            {
                continue;
            }

            writer.WritePropertyName(member.Name);
            Write(writer, member.Value, property ?? schema["additionalProperties"], root);
        }

        writer.WriteEndObject();
    }

    /// <summary>The schema of a value behind references and unions; null when nothing is said of it.</summary>
    private static JsonObject? Follow(JsonElement value, JsonNode? node, JsonNode root)
    {
        var schema = node as JsonObject;
        if (schema?["$ref"] is { } reference)
        {
            schema = SchemaNode.Resolve(root, reference.ToString()) as JsonObject;
        }

        return schema?["anyOf"] is JsonArray branches ? SchemaValidator.Branch(value, branches) : schema;
    }

    private static bool IsRequired(JsonObject schema, string name) => (schema["required"] as JsonArray)?.Any(required => required?.ToString() == name) == true;
}
