using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>
/// Validates JSON against a JSON schema (draft 2020-12, and lists of <c>items</c> as before it). It does not know annotations,
/// and therefore not <c>unevaluatedItems</c> and <c>unevaluatedProperties</c>, nor <c>$dynamicRef</c> and schemas of other
/// documents. A keyword whose value is not what it must be is ignored, as models do.
/// </summary>
internal sealed class SchemaValidator(SchemaReferences references)
{
    private const int MaxDepth = 100;

    private static readonly string[] _unsupported = ["unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "$recursiveRef"];

    /// <summary>The keyword of a schema that cannot be validated here; null without any.</summary>
    /// <param name="schema">A schema.</param>
    /// <param name="isRoot">Whether it is the whole document, which may have an id.</param>
    public static string? Unsupported(JsonObject schema, bool isRoot)
    {
        var hasOwnId = !isRoot && schema.Text("$id") is not null;
        if (hasOwnId)
        {
            return "$id";
        }

        return _unsupported.FirstOrDefault(schema.ContainsKey);
    }

    /// <summary>Returns the keyword that a value breaks, else null.</summary>
    public string? Problem(JsonNode? value, JsonNode? schema, int depth = 0) => schema switch
    {
        JsonObject rules when depth < MaxDepth => Problem(value, rules, depth + 1),
        JsonObject => "$ref",
        JsonValue flag when flag.GetValueKind() == JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>Whether two values are equal as JSON: 1 and 1.0 are.</summary>
    public static bool AreEqual(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);

    /// <summary>The number of a member; null when it has none.</summary>
    public static double? Number(JsonObject schema, string name)
    {
        if (schema[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number)
        {
            return Number(value);
        }

        return null;
    }

    /// <summary>A number as a double, however the node holds it.</summary>
    public static double Number(JsonNode value) => double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Whether a value is of a type, as <c>type</c> names it.</summary>
    public static bool IsOfType(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Null => type == "null",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.String => type == "string",
        JsonValueKind.Array => type == "array",
        JsonValueKind.Object => type == "object",
        _ => type == "number" || (type == "integer" && IsWhole(value!)),
    };

    private string? Problem(JsonNode? value, JsonObject schema, int depth) =>
        OfValue(value, schema)
        ?? OfCombination(value, schema, depth)
        ?? value switch
        {
            JsonObject members => OfObject(members, schema) ?? OfMembers(members, schema, depth),
            JsonArray items => OfArray(items, schema) ?? OfItems(items, schema, depth),
            JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => OfString(scalar.GetValue<string>(), schema),
            JsonValue scalar when scalar.GetValueKind() == JsonValueKind.Number => OfNumber(scalar, schema),
            _ => null,
        };

    private static string? OfValue(JsonNode? value, JsonObject schema)
    {
        var isOfType = schema["type"] switch
        {
            JsonArray types => types.Any(type => IsOfType(value, type?.ToString() ?? string.Empty)),
            JsonValue type when type.GetValueKind() == JsonValueKind.String => IsOfType(value, type.GetValue<string>()),
            _ => true,
        };

        if (!isOfType)
        {
            return "type";
        }

        if (schema.TryGetPropertyValue("const", out var constant) && !AreEqual(constant, value))
        {
            return "const";
        }

        if (schema["enum"] is JsonArray values && !values.Any(item => AreEqual(item, value)))
        {
            return "enum";
        }

        return null;
    }

    private string? OfCombination(JsonNode? value, JsonObject schema, int depth)
    {
        if (schema.Text("$ref") is { } reference)
        {
            var target = references.Resolve(reference);
            if (target is null || Problem(value, target, depth) is not null)
            {
                return "$ref";
            }
        }

        if (Parts(schema, "allOf").Any(part => Problem(value, part, depth) is not null))
        {
            return "allOf";
        }

        if (schema["anyOf"] is JsonArray any && !any.Any(part => Problem(value, part, depth) is null))
        {
            return "anyOf";
        }

        if (schema["oneOf"] is JsonArray one && one.Count(part => Problem(value, part, depth) is null) != 1)
        {
            return "oneOf";
        }

        if (schema["not"] is { } not && Problem(value, not, depth) is null)
        {
            return "not";
        }

        if (schema.TryGetPropertyValue("if", out var condition))
        {
            return OfCondition(value, condition, schema, depth);
        }

        return null;
    }

    private string? OfCondition(JsonNode? value, JsonNode? condition, JsonObject schema, int depth)
    {
        var branch = Problem(value, condition, depth) is null ? "then" : "else";
        if (Problem(value, schema[branch], depth) is null)
        {
            return null;
        }

        return branch;
    }

    private static string? OfObject(JsonObject members, JsonObject schema)
    {
        if (schema.TextsOf("required").Any(name => !members.ContainsKey(name)))
        {
            return "required";
        }

        if (members.Count < Number(schema, "minProperties"))
        {
            return "minProperties";
        }

        if (members.Count > Number(schema, "maxProperties"))
        {
            return "maxProperties";
        }

        var dependencies = schema["dependentRequired"] as JsonObject ?? [];
        var dependents = members.Select(member => member.Key).SelectMany(dependencies.TextsOf);
        if (dependents.Any(name => !members.ContainsKey(name)))
        {
            return "dependentRequired";
        }

        return null;
    }

    private string? OfMembers(JsonObject members, JsonObject schema, int depth)
    {
        foreach (var (name, member) in members)
        {
            foreach (var (keyword, rules) in RulesOf(name, schema))
            {
                if (Problem(member, rules, depth) is not null)
                {
                    return keyword;
                }
            }

            if (schema["propertyNames"] is { } names && Problem(JsonValue.Create(name), names, depth) is not null)
            {
                return "propertyNames";
            }
        }

        var dependencies = (schema["dependentSchemas"] as JsonObject ?? []).Where(dependency => members.ContainsKey(dependency.Key));
        if (dependencies.Any(dependency => Problem(members, dependency.Value, depth) is not null))
        {
            return "dependentSchemas";
        }

        return null;
    }

    /// <summary>The schemas that a member of an object must fit, each with the keyword that it stands under.</summary>
    public static IEnumerable<(string Keyword, JsonNode? Schema)> RulesOf(string name, JsonObject schema)
    {
        var isKnown = false;
        if (schema["properties"] is JsonObject properties && properties.TryGetPropertyValue(name, out var property))
        {
            isKnown = true;
            yield return ("properties", property);
        }

        foreach (var (pattern, rules) in schema["patternProperties"] as JsonObject ?? [])
        {
            if (SchemaPattern.IsMatch(pattern, name) == true)
            {
                isKnown = true;
                yield return ("patternProperties", rules);
            }
        }

        if (!isKnown && schema["additionalProperties"] is { } additional)
        {
            yield return ("additionalProperties", additional);
        }
    }

    private static string? OfArray(JsonArray items, JsonObject schema)
    {
        if (items.Count < Number(schema, "minItems"))
        {
            return "minItems";
        }

        if (items.Count > Number(schema, "maxItems"))
        {
            return "maxItems";
        }

        var isUnique = schema["uniqueItems"]?.GetValueKind() == JsonValueKind.True;
        var repeated = items.Where((item, index) => items.Take(index).Any(earlier => AreEqual(earlier, item)));
        if (isUnique && repeated.Any())
        {
            return "uniqueItems";
        }

        return null;
    }

    private string? OfItems(JsonArray items, JsonObject schema, int depth)
    {
        for (var index = 0; index < items.Count; index++)
        {
            var (keyword, rules) = RulesOf(index, schema);
            if (rules is not null && Problem(items[index], rules, depth) is not null)
            {
                return keyword;
            }
        }

        if (schema["contains"] is not { } contained)
        {
            return null;
        }

        var count = items.Count(item => Problem(item, contained, depth) is null);
        if (count < (Number(schema, "minContains") ?? 1))
        {
            return "contains";
        }

        if (count > Number(schema, "maxContains"))
        {
            return "maxContains";
        }

        return null;
    }

    /// <summary>The schema of the item at an index, with the keyword that it stands under.</summary>
    public static (string Keyword, JsonNode? Schema) RulesOf(int index, JsonObject schema)
    {
        if (schema["prefixItems"] is JsonArray prefix)
        {
            if (index < prefix.Count)
            {
                return ("prefixItems", prefix[index]);
            }

            return ("items", schema["items"]);
        }

        if (schema["items"] is JsonArray each)
        {
            if (index < each.Count)
            {
                return ("items", each[index]);
            }

            return ("additionalItems", schema["additionalItems"]);
        }

        return ("items", schema["items"]);
    }

    private static string? OfString(string text, JsonObject schema)
    {
        // Lengths count characters, not halves of surrogate pairs.
        var length = text.EnumerateRunes().Count();
        if (length < Number(schema, "minLength"))
        {
            return "minLength";
        }

        if (length > Number(schema, "maxLength"))
        {
            return "maxLength";
        }

        if (schema.Text("pattern") is { } pattern && SchemaPattern.IsMatch(pattern, text) != true)
        {
            return "pattern";
        }

        return null;
    }

    private static string? OfNumber(JsonValue value, JsonObject schema)
    {
        var number = Number(value);
        if (number < Number(schema, "minimum"))
        {
            return "minimum";
        }

        if (number > Number(schema, "maximum"))
        {
            return "maximum";
        }

        if (number <= Number(schema, "exclusiveMinimum"))
        {
            return "exclusiveMinimum";
        }

        if (number >= Number(schema, "exclusiveMaximum"))
        {
            return "exclusiveMaximum";
        }

        if (Number(schema, "multipleOf") is > 0 and var step && !IsMultiple(number, step))
        {
            return "multipleOf";
        }

        return null;
    }

    private static bool IsMultiple(double number, double step)
    {
        const double LargestExact = 7.9e27;
        var isExact = Math.Abs(number) < LargestExact && step is > 1e-20 and < LargestExact;
        if (isExact)
        {
            return (decimal)number % (decimal)step == 0;
        }

        return number % step == 0;
    }

    private static bool IsWhole(JsonNode value) => Number(value) is var number && Math.Truncate(number) == number;

    private static IEnumerable<JsonNode?> Parts(JsonObject schema, string name) => schema[name] as JsonArray ?? [];
}
