using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>
/// Writes JSON that is valid against a JSON schema, with values from a prompt where they fit. It proposes values, the most
/// natural first, and takes the first that <see cref="SchemaValidator"/> accepts: so branches may overlap, and what it does not
/// aim at (<c>not</c>, <c>if</c>) is still kept.
/// </summary>
internal sealed class SchemaFiller
{
    /// <summary>Where a schema that can never end is given up.</summary>
    private const int MaxDepth = 32;
    private const int MaxSteps = 20_000;
    private const int MaxItems = 1000;
    private const int MaxBranches = 16;

    private static readonly string[] _types = ["string", "object", "array", "integer", "boolean", "null", "number"];

    private readonly JsonObject _root;
    private readonly PromptValues _prompt;
    private readonly SchemaReferences _references;
    private readonly SchemaValidator _validator;
    private string? _unsupported;
    private string? _broken;
    private int _steps;

    private SchemaFiller(JsonObject root, PromptValues prompt)
    {
        _root = root;
        _prompt = prompt;
        _references = new SchemaReferences(root);
        _validator = new SchemaValidator(_references);
    }

    /// <summary>Writes a value; an empty object when there is no schema.</summary>
    /// <exception cref="UnfilledSchemaException">No valid value was found.</exception>
    public static JsonNode? Fill(JsonNode? schema, string prompt) => Fill(schema, new PromptValues(prompt));

    /// <summary>Writes a value with what is left of the values of a prompt; an empty object when there is no schema.</summary>
    /// <exception cref="UnfilledSchemaException">No valid value was found.</exception>
    public static JsonNode? Fill(JsonNode? schema, PromptValues prompt)
    {
        var isNever = schema?.GetValueKind() == JsonValueKind.False;
        if (isNever)
        {
            throw new UnfilledSchemaException("false");
        }

        if (schema is not JsonObject root)
        {
            return new JsonObject();
        }

        if (DescribedConstraints.Add(root) is not { } constrained)
        {
            return new SchemaFiller(root, prompt).Fill();
        }

        try
        {
            return new SchemaFiller(constrained, prompt).Fill();
        }
        catch (UnfilledSchemaException)
        {
            // What a description asks for need not be possible; the schema itself has to be followed.
            return new SchemaFiller(root, prompt).Fill();
        }
    }

    /// <summary>Whether JSON is valid against a schema, as far as the emulator knows its keywords.</summary>
    public static bool IsValid(JsonNode? value, JsonObject schema) =>
        new SchemaValidator(new SchemaReferences(schema)).Problem(value, schema) is null;

    private JsonNode? Fill()
    {
        foreach (var value in Values([_root], SchemaPlace.Root))
        {
            if (_unsupported is null)
            {
                return value;
            }

            throw new UnfilledSchemaException(_unsupported);
        }

        throw new UnfilledSchemaException(_unsupported ?? _broken ?? "$ref");
    }

    /// <summary>Values that are valid against all of some schemas, the most natural first.</summary>
    private IEnumerable<JsonNode?> Values(IReadOnlyList<JsonNode?> schemas, SchemaPlace place)
    {
        // A schema that requires itself has no value, however many ways there are to look for one.
        if (place.Depth > MaxDepth || ++_steps > MaxSteps)
        {
            yield break;
        }

        foreach (var flat in Expand([.. schemas], [], place))
        {
            foreach (var value in Candidates(flat, place))
            {
                if (++_steps > MaxSteps || _unsupported is not null)
                {
                    yield break;
                }

                var problem = schemas.Select(schema => _validator.Problem(value, schema)).FirstOrDefault(found => found is not null);
                if (problem is null)
                {
                    yield return value;
                }
                else
                {
                    _broken = problem;
                }
            }
        }
    }

    /// <summary>
    /// Resolves references and combinations: each result is a list of schemas that hold together, one for each way to choose
    /// among the branches.
    /// </summary>
    private IEnumerable<IReadOnlyList<JsonObject>> Expand(List<JsonNode?> open, List<JsonObject> flat, SchemaPlace place)
    {
        if (open.Count == 0)
        {
            return [flat];
        }

        var rest = open.Skip(1).ToList();
        if (open[0] is not JsonObject schema)
        {
            var isNever = open[0]?.GetValueKind() == JsonValueKind.False;
            if (isNever)
            {
                _broken ??= "false";
                return [];
            }

            return Expand(rest, flat, place);
        }

        // A reference that leads back to itself adds nothing.
        var isKnown = flat.Exists(known => ReferenceEquals(known, schema));
        if (isKnown)
        {
            return Expand(rest, flat, place);
        }

        _unsupported ??= SchemaValidator.Unsupported(schema, ReferenceEquals(schema, _root));
        if (schema.Text("$ref") is { } reference)
        {
            if (_references.Resolve(reference) is not { } target)
            {
                _unsupported ??= "$ref";
                return [];
            }

            rest.Add(target);
        }

        rest.AddRange(schema["allOf"] as JsonArray ?? []);

        return Choose(Choices(schema, place), rest, [.. flat, schema], place);
    }

    /// <summary>What a schema leaves to choose: for each choice, the schemas that each way adds.</summary>
    private static List<List<JsonNode?[]>> Choices(JsonObject schema, SchemaPlace place)
    {
        var choices = new List<List<JsonNode?[]>>();
        foreach (var union in new[] { "anyOf", "oneOf" })
        {
            if (schema[union] is JsonArray { Count: > 0 } branches)
            {
                var ordered = branches.OrderBy(branch => IsNull(branch) != place.IsDeep).Take(MaxBranches);
                choices.Add([.. ordered.Select(branch => new[] { branch })]);
            }
        }

        if (schema.TryGetPropertyValue("if", out var condition))
        {
            choices.Add([[condition, schema["then"]], [schema["else"]]]);
        }

        if (schema["dependentSchemas"] is JsonObject { Count: > 0 } dependents)
        {
            choices.Add([[], [.. dependents.Select(dependent => dependent.Value)]]);
        }

        return choices;
    }

    private static bool IsNull(JsonNode? branch) => (branch as JsonObject)?["type"]?.ToString() == "null";

    private IEnumerable<IReadOnlyList<JsonObject>> Choose(
        List<List<JsonNode?[]>> choices, List<JsonNode?> open, List<JsonObject> flat, SchemaPlace place)
    {
        if (choices.Count == 0)
        {
            return Expand(open, flat, place);
        }

        var others = choices[1..];

        return choices[0].SelectMany(way => Choose(others, [.. open, .. way], flat, place));
    }

    private IEnumerable<JsonNode?> Candidates(IReadOnlyList<JsonObject> schemas, SchemaPlace place)
    {
        var constants = schemas.Where(schema => schema.ContainsKey("const")).Select(schema => schema["const"]).ToList();
        if (constants.Count > 0)
        {
            return constants.Select(constant => constant?.DeepClone());
        }

        if (schemas.Select(schema => schema["enum"]).OfType<JsonArray>().FirstOrDefault(values => values.Count > 0) is { } listed)
        {
            return Ordered(listed, place.Index).Select(value => value?.DeepClone());
        }

        return Types(schemas, place).SelectMany(type => OfType(type, schemas, place));
    }

    private IEnumerable<JsonNode?> OfType(string type, IReadOnlyList<JsonObject> schemas, SchemaPlace place) => type switch
    {
        "object" => new SchemaObject(schemas, Values, _prompt).Candidates(place),
        "array" => Arrays(schemas, place),
        "integer" => Numbers(schemas, place, isInteger: true),
        "number" => Numbers(schemas, place, isInteger: false),
        "boolean" => [JsonValue.Create(_prompt.Flag(place.Name)), JsonValue.Create(!_prompt.Flag(place.Name))],
        "null" => [null],
        _ => SchemaText.Candidates(schemas, place, _prompt).Select(text => (JsonNode?)JsonValue.Create(text)),
    };

    private IEnumerable<JsonNode?> Numbers(IReadOnlyList<JsonObject> schemas, SchemaPlace place, bool isInteger)
    {
        if (_prompt.Number(place.Path) is { } own)
        {
            return SchemaNumber.Candidates(schemas, own, index: 0, isInteger);
        }

        return SchemaNumber.Candidates(schemas, _prompt.FirstNumber, place.Index, isInteger);
    }

    /// <summary>The value that the prompt names, else the first; a list takes one after the other.</summary>
    private IEnumerable<JsonNode?> Ordered(JsonArray values, int index)
    {
        var named = values.FirstOrDefault(value => NameWords.Contains(_prompt.Words, NameWords.Of(value?.ToString() ?? string.Empty)));
        var first = (named is null ? 0 : values.IndexOf(named)) + index;

        return Enumerable.Range(0, values.Count).Select(offset => values[(first + offset) % values.Count]);
    }

    /// <summary>
    /// The types that a value may have: those that the schemas name, or all, the ones that their keywords are about first.
    /// </summary>
    private static IEnumerable<string> Types(IReadOnlyList<JsonObject> schemas, SchemaPlace place)
    {
        var named = schemas.Select(schema => schema["type"]).Where(type => type is not null).Select(Named).ToList();
        if (named.Count == 0)
        {
            return Described(schemas).Concat(_types).Distinct();
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

    private static List<string> Named(JsonNode? type)
    {
        if (type is JsonArray several)
        {
            return [.. several.Select(one => one?.ToString()).OfType<string>()];
        }

        var name = type!.ToString();
        if (_types.Contains(name))
        {
            return [name];
        }

        return [.. _types];
    }

    private static IEnumerable<string> Described(IReadOnlyList<JsonObject> schemas)
    {
        var keywords = schemas.SelectMany(schema => schema.Select(member => member.Key)).ToHashSet(StringComparer.Ordinal);
        (string Type, string[] Keywords)[] described =
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

        return described.Where(row => row.Keywords.Any(keywords.Contains)).Select(row => row.Type);
    }

    private IEnumerable<JsonNode?> Arrays(IReadOnlyList<JsonObject> schemas, SchemaPlace place)
    {
        var least = (int)Math.Min(Bounds(schemas, "minItems").DefaultIfEmpty(0).Max(), MaxItems);
        var most = (int)Math.Clamp(Bounds(schemas, "maxItems").DefaultIfEmpty(MaxItems).Min(), 0, MaxItems);
        var prefixes = schemas.Select(schema => (schema["prefixItems"] ?? schema["items"]) as JsonArray);
        var fixedCount = prefixes.Max(prefix => prefix?.Count) ?? 0;
        var spoken = SpokenItems(schemas, place);
        var few = place.IsDeep ? 0 : Math.Max(spoken.Count, 1);
        var natural = least > 0 ? least : Math.Max(fixedCount, fixedCount > 0 ? 0 : few);
        var hasContains = schemas.Any(schema => schema.ContainsKey("contains"));
        var contained = (int)Math.Min(Bounds(schemas, "minContains").DefaultIfEmpty(hasContains ? 1 : 0).Max(), MaxItems);
        int[] counts = [Math.Max(natural, contained), least, contained, 0, 1, 2, 3, fixedCount];

        foreach (var count in counts.Select(count => Math.Clamp(count, Math.Min(Math.Max(least, 0), most), most)).Distinct())
        {
            if (Array(schemas, place, count, contained, spoken) is { } array)
            {
                yield return array;
            }
        }
    }

    /// <summary>The items that the prompt lists: numbers for a list of numbers, words for a list of texts.</summary>
    private IReadOnlyList<JsonNode> SpokenItems(IReadOnlyList<JsonObject> schemas, SchemaPlace place)
    {
        var type = schemas.Select(schema => (schema["items"] as JsonObject)?["type"]?.ToString()).OfType<string>().FirstOrDefault();
        return type switch
        {
            "integer" => [.. _prompt.Numbers(place.Path).Select(number => (JsonNode)JsonValue.Create(Math.Truncate(number)))],
            "number" => [.. _prompt.Numbers(place.Path).Select(number => (JsonNode)JsonValue.Create(number))],
            "string" => [.. _prompt.Listed.Select(text => (JsonNode)JsonValue.Create(text))],
            _ => [],
        };
    }

    private JsonArray? Array(
        IReadOnlyList<JsonObject> schemas, SchemaPlace place, int count, int contained, IReadOnlyList<JsonNode> spoken)
    {
        var isUnique = schemas.Any(schema => schema["uniqueItems"]?.GetValueKind() == JsonValueKind.True);
        var array = new JsonArray();

        for (var index = 0; index < count; index++)
        {
            var rules = schemas.Select(schema => SchemaValidator.RulesOf(index, schema).Schema).ToList();
            rules.AddRange(index < contained ? schemas.Select(schema => schema["contains"]) : []);
            var values = Spoken(spoken, index, rules).Concat(Values(rules, place.Item(index)));
            var free = isUnique ? values.Where(value => !array.Any(earlier => SchemaValidator.AreEqual(earlier, value))) : values;
            if (!TryFirst(free, out var item))
            {
                _broken = isUnique ? "uniqueItems" : _broken;
                return null;
            }

            array.Add(item);
        }

        return array;
    }

    private IEnumerable<JsonNode?> Spoken(IReadOnlyList<JsonNode> spoken, int index, List<JsonNode?> rules)
    {
        var isValid = index < spoken.Count && rules.TrueForAll(rule => _validator.Problem(spoken[index], rule) is null);
        if (isValid)
        {
            return [spoken[index].DeepClone()];
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

    private static IEnumerable<double> Bounds(IReadOnlyList<JsonObject> schemas, string name) =>
        schemas.Select(schema => SchemaValidator.Number(schema, name)).OfType<double>();
}
