using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>
/// Rewrites what a model wrote so that System.Text.Json reads it: nulls that stand for "not given" are left out (in strict
/// mode the model writes every member, null where it means the default), the member that distinguishes derived types is
/// first, and a whole number is written as one (<c>3</c> for <c>3.0</c>).
/// </summary>
internal sealed class JsonConformer
{
    private readonly JsonNode _root;
    private readonly bool _ignoreCase;

    private JsonConformer(JsonNode root, bool ignoreCase)
    {
        _root = root;
        _ignoreCase = ignoreCase;
    }

    /// <param name="value">What the model wrote, without incomplete surrogate pairs.</param>
    /// <param name="schema">The schema before it was made strict.</param>
    /// <param name="ignoreCase">Whether names of members may be in another case.</param>
    public static JsonElement Conform(JsonElement value, JsonNode schema, bool ignoreCase)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            new JsonConformer(schema, ignoreCase).Write(writer, value, schema);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);

        return document.RootElement.Clone();
    }

    private void Write(Utf8JsonWriter writer, JsonElement value, JsonNode? node)
    {
        var schema = SchemaBranches.Follow(value, node, _root);
        switch (value.ValueKind)
        {
            case JsonValueKind.Array when schema is not null:
                WriteItems(writer, value, schema["items"]);
                break;
            case JsonValueKind.Object when schema is not null:
                WriteMembers(writer, value, schema);
                break;
            case JsonValueKind.Number when schema is not null && IsInteger(schema):
                WriteInteger(writer, value);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private void WriteItems(Utf8JsonWriter writer, JsonElement value, JsonNode? items)
    {
        writer.WriteStartArray();
        foreach (var item in value.EnumerateArray())
        {
            Write(writer, item, items);
        }

        writer.WriteEndArray();
    }

    private void WriteMembers(Utf8JsonWriter writer, JsonElement value, JsonObject schema)
    {
        var constants = SchemaBranches.Constants(schema)
            .Select(constant => constant.Key)
            .Where(name => value.TryGetProperty(name, out _))
            .ToList();

        writer.WriteStartObject();

        foreach (var name in constants)
        {
            writer.WritePropertyName(name);
            value.GetProperty(name).WriteTo(writer);
        }

        foreach (var member in value.EnumerateObject().Where(member => !constants.Contains(member.Name)))
        {
            var isKnown = SchemaNode.Property(schema, member.Name, _ignoreCase, out var property);
            if (isKnown && IsNotGiven(member, property, schema))
            {
                continue;
            }

            writer.WritePropertyName(member.Name);
            Write(writer, member.Value, isKnown ? property : schema["additionalProperties"]);
        }

        writer.WriteEndObject();
    }

    private bool IsNotGiven(JsonProperty member, JsonNode? property, JsonObject schema)
    {
        if (member.Value.ValueKind != JsonValueKind.Null || SchemaNode.AllowsNull(property, _root))
        {
            return false;
        }

        return !SchemaNode.Required(schema).Contains(member.Name, SchemaNode.NameComparer(_ignoreCase));
    }

    private static bool IsInteger(JsonObject schema)
    {
        var types = SchemaNode.Types(schema);
        return types.Contains("integer") && !types.Contains("number");
    }

    private static void WriteInteger(Utf8JsonWriter writer, JsonElement value)
    {
        var isWritten = value.TryGetInt64(out _) || value.TryGetUInt64(out _);
        if (isWritten || !value.TryGetDecimal(out var number))
        {
            value.WriteTo(writer);
            return;
        }

        var whole = decimal.Truncate(number);
        if (whole != number)
        {
            value.WriteTo(writer);
            return;
        }

        writer.WriteRawValue(whole.ToString("0", CultureInfo.InvariantCulture));
    }
}
