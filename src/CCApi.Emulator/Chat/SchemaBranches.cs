using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>
/// Resolves references and combinations (<c>$ref</c>, <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>, <c>if</c>): what is left are lists
/// of schemas that hold together, one for each way to choose among the branches.
/// </summary>
/// <param name="root">The schema of the document.</param>
/// <param name="references">Finds what its references name.</param>
/// <param name="problems">Receives what cannot be resolved.</param>
internal sealed class SchemaBranches(JsonObject root, SchemaReferences references, SchemaProblems problems)
{
    /// <summary>How many branches of a union are tried.</summary>
    private const int MaxBranches = 16;

    /// <summary>The ways to satisfy all of some schemas, the most natural first.</summary>
    public IEnumerable<IReadOnlyList<JsonObject>> Of(IReadOnlyList<JsonNode?> schemas, SchemaPlace place) =>
        Expand([.. schemas], [], place);

    /// <param name="open">The schemas that are still to be resolved.</param>
    /// <param name="flat">Those that hold so far.</param>
    /// <param name="place">The place of the value.</param>
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
                problems.Broken ??= "false";
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

        problems.Unsupported ??= SchemaValidator.Unsupported(schema, ReferenceEquals(schema, root));
        if (schema.Text("$ref") is { } reference)
        {
            if (references.Resolve(reference) is not { } target)
            {
                problems.Unsupported ??= "$ref";
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
}
