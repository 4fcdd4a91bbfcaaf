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
    /// <summary>The depth at which a schema that can never end is given up.</summary>
    private const int MaxDepth = 32;

    /// <summary>How many values are tried.</summary>
    private const int MaxSteps = 20_000;

    private readonly JsonObject _root;
    private readonly PromptValues _prompt;
    private readonly SchemaBranches _branches;
    private readonly SchemaValidator _validator;
    private readonly SchemaProblems _problems = new();
    private int _steps;

    private SchemaFiller(JsonObject root, PromptValues prompt)
    {
        _root = root;
        _prompt = prompt;
        var references = new SchemaReferences(root);
        _branches = new SchemaBranches(root, references, _problems);
        _validator = new SchemaValidator(references);
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
        var first = Values([_root], SchemaPlace.Root).Take(1).ToList();
        if (first is [var value] && _problems.Unsupported is null)
        {
            return value;
        }

        throw new UnfilledSchemaException(_problems.Keyword);
    }

    /// <summary>Values that are valid against all of some schemas, the most natural first.</summary>
    private IEnumerable<JsonNode?> Values(IReadOnlyList<JsonNode?> schemas, SchemaPlace place)
    {
        // A schema that requires itself has no value, however many ways there are to look for one.
        if (place.Depth > MaxDepth || ++_steps > MaxSteps)
        {
            yield break;
        }

        foreach (var value in _branches.Of(schemas, place).SelectMany(flat => Candidates(flat, place)))
        {
            if (++_steps > MaxSteps || _problems.Unsupported is not null)
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
                _problems.Broken = problem;
            }
        }
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

        return SchemaTypes.Of(schemas, place).SelectMany(type => OfType(type, schemas, place));
    }

    private IEnumerable<JsonNode?> OfType(string type, IReadOnlyList<JsonObject> schemas, SchemaPlace place) => type switch
    {
        "object" => new SchemaObject(schemas, Values, _prompt).Candidates(place),
        "array" => new SchemaArray(schemas, Values, _prompt, _validator, _problems).Candidates(place),
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
}
