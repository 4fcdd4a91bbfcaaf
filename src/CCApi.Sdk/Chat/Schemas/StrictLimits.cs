using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>The limits of a schema in strict mode (documented by OpenAI, which rejects what exceeds them).</summary>
internal static class StrictLimits
{
    public const int MaxDepth = 10;
    public const int MaxProperties = 5_000;
    public const int MaxEnumValues = 1_000;
    public const int MaxCharacters = 120_000;
    public const int MaxLargeEnumCharacters = 15_000;
    public const int LargeEnumValues = 250;

    public static bool Allow(JsonObject schema)
    {
        var all = SchemaTree.All(schema).ToList();
        var names = all.SelectMany(one => Names(one, "properties")).ToList();
        var definitions = Names(schema, "$defs");
        var enums = all.Select(one => one["enum"] as JsonArray ?? []).ToList();
        var constants = all.Select(one => Length(one["const"]));
        var characters = names.Concat(definitions).Sum(name => (long)name.Length)
            + enums.Sum(Characters)
            + constants.Sum(length => (long)length);

        return names.Count <= MaxProperties
            && enums.Sum(values => values.Count) <= MaxEnumValues
            && enums.TrueForAll(IsAllowedEnum)
            && characters <= MaxCharacters
            && Depth(schema) <= MaxDepth;
    }

    private static bool IsAllowedEnum(JsonArray values) =>
        values.Count <= LargeEnumValues || Characters(values) <= MaxLargeEnumCharacters;

    private static string[] Names(JsonObject schema, string keyword) =>
        [.. (schema[keyword] as JsonObject ?? []).Select(member => member.Key)];

    private static long Characters(JsonArray values) => values.Sum(value => (long)Length(value));

    private static int Length(JsonNode? value) => value?.ToString().Length ?? 0;

    /// <summary>The levels of members and items; branches of a union and definitions add none.</summary>
    private static int Depth(JsonObject schema) => SchemaTree.Children(schema)
        .Where(child => child.Node is JsonObject)
        .Select(child => Depth((JsonObject)child.Node!) + (child.Keyword is "properties" or "items" ? 1 : 0))
        .DefaultIfEmpty(0)
        .Max();
}
