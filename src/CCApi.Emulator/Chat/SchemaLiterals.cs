using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>
/// The numbers, texts and names in a schema, at any depth. Values near them decide between branches that exclude each other.
/// </summary>
internal static class SchemaLiterals
{
    /// <summary>The numbers, each time that they occur.</summary>
    public static IEnumerable<double> Numbers(JsonNode? node) =>
        Values(node).Where(value => value.GetValueKind() == JsonValueKind.Number).Select(value => SchemaValidator.Number(value));

    /// <summary>The texts, each time that they occur.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) =>
        Values(node).Where(value => value.GetValueKind() == JsonValueKind.String).Select(value => value.GetValue<string>());

    /// <summary>The names that members of described objects have.</summary>
    public static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject schema => (schema["properties"] as JsonObject ?? []).Select(property => property.Key)
            .Concat(schema.TextsOf("required"))
            .Concat(schema.SelectMany(member => Names(member.Value))),
        JsonArray items => items.SelectMany(Names),
        _ => [],
    };

    private static IEnumerable<JsonValue> Values(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Values(member.Value)),
        JsonArray items => items.SelectMany(Values),
        JsonValue value => [value],
        _ => [],
    };
}
