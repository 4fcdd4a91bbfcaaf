using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>
/// Finds objects that fit JSON schemas: with all members, with the required ones, with one more or less, with further ones.
/// </summary>
/// <param name="schemas">The schemas, without combinations.</param>
/// <param name="valuesOf">Finds the values of a member.</param>
/// <param name="prompt">Gives numbers to the members that it names.</param>
internal sealed class SchemaObject(
    IReadOnlyList<JsonObject> schemas, Func<IReadOnlyList<JsonNode?>, SchemaPlace, IEnumerable<JsonNode?>> valuesOf, PromptValues prompt)
{
    private const int MaxMembers = 1000;
    private const int MaxVariations = 16;

    /// <summary>What limits a text to more than its length.</summary>
    private static readonly string[] _forms = ["format", "pattern", "enum", "const"];

    public IEnumerable<JsonNode?> Candidates(SchemaPlace place)
    {
        var required = schemas.SelectMany(schema => schema.TextsOf("required")).Distinct().ToList();
        var described = Described().Distinct().ToList();
        var optional = described.Except(required).ToList();

        // In the order of the schema; what is only required comes after it.
        var all = described.Concat(required.Except(described)).ToList();
        prompt.ClaimNumbers(Places(all.Where(IsNumber), place), Places(all.Where(IsPlainText), place));
        var bare = all.Where(required.Contains).ToList();
        var natural = place.IsDeep ? bare : all;

        var variations = new List<List<string>> { natural, bare };
        var bareWith = (string name) => all.Where(other => other == name || bare.Contains(other)).ToList();
        variations.AddRange(optional.Take(MaxVariations).Select(bareWith));
        variations.AddRange(optional.Take(MaxVariations).Select(name => all.Where(other => other != name).ToList()));
        variations.Add(all);

        foreach (var names in variations)
        {
            if (Object(names, required, place) is { } found)
            {
                yield return found;
            }
        }

        // Other values of the same members, where the first ones are taken or a branch excludes them.
        for (var skip = 1; skip <= MaxVariations && natural.Count > 0; skip++)
        {
            if (Object(natural, required, place, skip) is { } found)
            {
                yield return found;
            }
        }

        // Further members, where a schema of a branch or of names asks for them.
        foreach (var name in FurtherNames(all, place).Take(MaxVariations))
        {
            if (Object([.. bare, name], [.. required, name], place) is { } found)
            {
                yield return found;
            }
        }
    }

    private static List<(string Path, string Name)> Places(IEnumerable<string> names, SchemaPlace place) =>
        [.. names.Select(name => (place.Member(name).Path, name))];

    private JsonObject? Object(List<string> names, List<string> required, SchemaPlace place, int skip = 0)
    {
        var filled = new JsonObject();
        foreach (var name in WithDependents(names))
        {
            var rules = schemas.SelectMany(schema => SchemaValidator.RulesOf(name, schema)).Select(rule => rule.Schema).ToList();
            if (TryTake(valuesOf(rules, place.Member(name)), skip, out var value))
            {
                filled[name] = value;
            }
            else if (required.Contains(name))
            {
                return null;
            }
        }

        AddUntil(filled, place);
        RemoveUntil(filled, required);

        return filled;
    }

    /// <summary>Adds members until there are as many as there must be.</summary>
    private void AddUntil(JsonObject filled, SchemaPlace place)
    {
        var least = (int)Math.Min(Bounds("minProperties").DefaultIfEmpty(0).Max(), MaxMembers);
        if (filled.Count >= least)
        {
            return;
        }

        foreach (var name in FurtherNames([.. filled.Select(member => member.Key)], place))
        {
            var rules = schemas.SelectMany(schema => SchemaValidator.RulesOf(name, schema)).Select(rule => rule.Schema).ToList();
            if (TryTake(valuesOf(rules, place.Member(name)), skip: 0, out var value))
            {
                filled[name] = value;
            }

            if (filled.Count >= least)
            {
                return;
            }
        }
    }

    private void RemoveUntil(JsonObject filled, List<string> required)
    {
        var most = Bounds("maxProperties").DefaultIfEmpty(double.MaxValue).Min();
        foreach (var name in filled.Select(member => member.Key).Except(required).Reverse().ToList())
        {
            if (filled.Count <= most)
            {
                return;
            }

            filled.Remove(name);
        }
    }

    /// <summary>Names that no schema requires: described ones first, then those that a pattern or a schema of names gives.</summary>
    private IEnumerable<string> FurtherNames(IReadOnlyCollection<string> known, SchemaPlace place)
    {
        var hasRules = schemas.Any(schema => schema["propertyNames"] is JsonObject);
        var names = hasRules ? valuesOf([.. schemas.Select(schema => schema["propertyNames"])], place.Member(string.Empty)) : [];
        var texts = names.OfType<JsonValue>().Where(name => name.GetValueKind() == JsonValueKind.String);
        var named = texts.Select(name => name.GetValue<string>());
        var patterns = schemas.SelectMany(schema => (schema["patternProperties"] as JsonObject ?? []).Select(pattern => pattern.Key));
        var patterned = patterns.SelectMany(pattern => SchemaPattern.Texts(pattern, 8).Take(MaxVariations))
            .SelectMany(text => new[] { text, $"{text}a", $"{text}1", $"a{text}" });
        var mentioned = schemas.SelectMany(SchemaLiterals.Names);
        var numbered = Enumerable.Range(1, MaxMembers).Select(number => $"member{number}");

        return Described().Concat(named).Concat(patterned).Concat(mentioned).Concat(numbered).Distinct().Except(known);
    }

    private List<string> WithDependents(List<string> names)
    {
        var all = new List<string>(names);
        for (var index = 0; index < all.Count; index++)
        {
            var dependents = schemas.SelectMany(schema => (schema["dependentRequired"] as JsonObject ?? []).TextsOf(all[index]));
            all.AddRange(dependents.Except(all).ToList());
        }

        return all;
    }

    private bool IsNumber(string name) => schemas.SelectMany(schema => SchemaValidator.RulesOf(name, schema))
        .Select(rule => (rule.Schema as JsonObject)?["type"])
        .Any(type => type is JsonArray several ? several.Any(IsNumeric) : IsNumeric(type));

    private bool IsPlainText(string name)
    {
        var rules = schemas
            .SelectMany(schema => SchemaValidator.RulesOf(name, schema))
            .Select(rule => rule.Schema)
            .OfType<JsonObject>()
            .ToList();
        var isText = rules.Exists(rule => rule.Text("type") == "string");
        var isOfForm = rules.Exists(rule => _forms.Any(rule.ContainsKey));

        return isText && !isOfForm;
    }

    private static bool IsNumeric(JsonNode? type) => type?.ToString() is "integer" or "number";

    /// <summary>Takes a value after so many others, or the last one before there are no more.</summary>
    private static bool TryTake(IEnumerable<JsonNode?> values, int skip, out JsonNode? taken)
    {
        taken = null;
        var count = 0;

        foreach (var value in values)
        {
            taken = value;
            count++;
            if (count > skip)
            {
                break;
            }
        }

        return count > 0;
    }

    private IEnumerable<double> Bounds(string name) => schemas.Select(schema => SchemaValidator.Number(schema, name)).OfType<double>();

    private IEnumerable<string> Described() =>
        schemas.SelectMany(schema => (schema["properties"] as JsonObject ?? []).Select(property => property.Key));
}
