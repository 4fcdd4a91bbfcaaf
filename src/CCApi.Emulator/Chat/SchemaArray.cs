using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Finds arrays that fit JSON schemas: of the items that the prompt lists, of the natural length, of other lengths.</summary>
/// <param name="schemas">The schemas, without combinations.</param>
/// <param name="valuesOf">Finds the values of an item.</param>
/// <param name="prompt">Lists items.</param>
/// <param name="validator">Decides whether a listed item fits.</param>
/// <param name="problems">Receives why there is no array.</param>
internal sealed class SchemaArray(
    IReadOnlyList<JsonObject> schemas,
    Func<IReadOnlyList<JsonNode?>, SchemaPlace, IEnumerable<JsonNode?>> valuesOf,
    PromptValues prompt,
    SchemaValidator validator,
    SchemaProblems problems)
{
    private const int MaxItems = 1000;

    public IEnumerable<JsonNode?> Candidates(SchemaPlace place)
    {
        var least = (int)Math.Min(Bounds("minItems").DefaultIfEmpty(0).Max(), MaxItems);
        var most = (int)Math.Clamp(Bounds("maxItems").DefaultIfEmpty(MaxItems).Min(), 0, MaxItems);
        var contained = ContainedCount();
        var listed = Listed(place);

        foreach (var count in Counts(place, least, contained, listed.Count).Select(count => Limit(count, least, most)).Distinct())
        {
            if (Array(place, count, contained, listed) is { } array)
            {
                yield return array;
            }
        }
    }

    /// <summary>Lengths to try, the most natural first.</summary>
    private int[] Counts(SchemaPlace place, int least, int contained, int listed)
    {
        var prefixes = schemas.Select(schema => (schema["prefixItems"] ?? schema["items"]) as JsonArray);
        var fixedCount = prefixes.Max(prefix => prefix?.Count) ?? 0;
        var natural = Natural(place, least, fixedCount, listed);

        return [Math.Max(natural, contained), least, contained, 0, 1, 2, 3, fixedCount];
    }

    private static int Natural(SchemaPlace place, int least, int fixedCount, int listed)
    {
        if (least > 0)
        {
            return least;
        }

        if (fixedCount > 0)
        {
            return fixedCount;
        }

        return place.IsDeep ? 0 : Math.Max(listed, 1);
    }

    private static int Limit(int count, int least, int most) => Math.Clamp(count, Math.Min(Math.Max(least, 0), most), most);

    /// <summary>How many items must fit <c>contains</c>.</summary>
    private int ContainedCount()
    {
        var hasContains = schemas.Any(schema => schema.ContainsKey("contains"));

        return (int)Math.Min(Bounds("minContains").DefaultIfEmpty(hasContains ? 1 : 0).Max(), MaxItems);
    }

    /// <summary>The items that the prompt lists: numbers for a list of numbers, words for a list of texts.</summary>
    private IReadOnlyList<JsonNode> Listed(SchemaPlace place)
    {
        var type = schemas.Select(schema => (schema["items"] as JsonObject)?["type"]?.ToString()).OfType<string>().FirstOrDefault();
        return type switch
        {
            "integer" => [.. prompt.Numbers(place.Path).Select(number => (JsonNode)JsonValue.Create(Math.Truncate(number)))],
            "number" => [.. prompt.Numbers(place.Path).Select(number => (JsonNode)JsonValue.Create(number))],
            "string" => [.. prompt.Listed.Select(text => (JsonNode)JsonValue.Create(text))],
            _ => [],
        };
    }

    private JsonArray? Array(SchemaPlace place, int count, int contained, IReadOnlyList<JsonNode> listed)
    {
        var isUnique = schemas.Any(schema => schema["uniqueItems"]?.GetValueKind() == JsonValueKind.True);
        var array = new JsonArray();

        for (var index = 0; index < count; index++)
        {
            var rules = schemas.Select(schema => SchemaValidator.RulesOf(index, schema).Schema).ToList();
            rules.AddRange(index < contained ? schemas.Select(schema => schema["contains"]) : []);
            var values = ListedAt(index, listed, rules).Concat(valuesOf(rules, place.Item(index)));
            var free = isUnique ? values.Where(value => !array.Any(earlier => SchemaValidator.AreEqual(earlier, value))) : values;
            if (!TryFirst(free, out var item))
            {
                problems.Broken = isUnique ? "uniqueItems" : problems.Broken;
                return null;
            }

            array.Add(item);
        }

        return array;
    }

    /// <summary>The item that the prompt lists there, if it fits.</summary>
    private IEnumerable<JsonNode?> ListedAt(int index, IReadOnlyList<JsonNode> listed, List<JsonNode?> rules)
    {
        var isValid = index < listed.Count && rules.TrueForAll(rule => validator.Problem(listed[index], rule) is null);
        if (isValid)
        {
            return [listed[index].DeepClone()];
        }

        return [];
    }

    private static bool TryFirst(IEnumerable<JsonNode?> values, out JsonNode? first)
    {
        foreach (var value in values)
        {
            first = value;
            return true;
        }

        first = null;

        return false;
    }

    private IEnumerable<double> Bounds(string name) => schemas.Select(schema => SchemaValidator.Number(schema, name)).OfType<double>();
}
