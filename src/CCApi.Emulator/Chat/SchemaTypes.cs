using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Finds the types of JSON that schemas leave to a value.</summary>
internal static class SchemaTypes
{
    private static readonly string[] _all = ["string", "object", "array", "integer", "boolean", "null", "number"];

    private static readonly (string Type, string[] Keywords)[] _keywords =
    [
        ("object",
        [
            "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties", "maxProperties",
            "dependentRequired",
        ]),
        ("array", ["items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"]),
        ("string", ["pattern", "format", "minLength", "maxLength"]),
        ("number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ];

    /// <summary>
    /// The types that a value may have: those that all schemas name, null last, but first at a place so deep that values should end
    /// there; without names, all types, those first that the keywords are about.
    /// </summary>
    public static IEnumerable<string> Of(IReadOnlyList<JsonObject> schemas, SchemaPlace place)
    {
        var named = schemas.Select(schema => schema["type"]).Where(type => type is not null).Select(Named).ToList();
        if (named.Count == 0)
        {
            return Described(schemas).Concat(_all).Distinct();
        }

        // Integers are numbers.
        foreach (var types in named.Where(types => types.Contains("number")))
        {
            types.Add("integer");
        }

        return named
            .SelectMany(types => types)
            .Distinct()
            .Where(type => named.TrueForAll(types => types.Contains(type)))
            .OrderBy(type => type == "null" != place.IsDeep);
    }

    /// <summary>The types that <c>type</c> names; all for a type that is unknown.</summary>
    private static List<string> Named(JsonNode? type)
    {
        if (type is JsonArray several)
        {
            return [.. several.Select(one => one?.ToString()).OfType<string>()];
        }

        var name = type!.ToString();
        if (_all.Contains(name))
        {
            return [name];
        }

        return [.. _all];
    }

    /// <summary>The types that the other keywords of the schemas are about.</summary>
    private static IEnumerable<string> Described(IReadOnlyList<JsonObject> schemas)
    {
        var keywords = schemas.SelectMany(schema => schema.Select(member => member.Key)).ToHashSet(StringComparer.Ordinal);

        return _keywords.Where(row => row.Keywords.Any(keywords.Contains)).Select(row => row.Type);
    }
}
