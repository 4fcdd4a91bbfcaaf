using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>
/// Finds where a value does not match a JSON schema, in words by which a model can correct it. It checks the keywords of draft
/// 2020-12 that look at values, but not <c>format</c>, which is an annotation there, and follows references within the schema
/// only.
/// </summary>
internal sealed class SchemaValidator
{
    private const int MaxDepth = 256;

    private static readonly string[] _combining = ["$ref", "anyOf", "oneOf", "allOf", "not", "if"];

    private readonly JsonElement _value;
    private readonly JsonNode _root;
    private readonly bool _ignoreCase;

    /// <summary>What unions and references found of a value, each once: a tree of unions would cost exponential time otherwise.</summary>
    private readonly Dictionary<(JsonObject Schema, int Offset), Fault?> _known = [];

    private SchemaValidator(JsonElement value, JsonNode root, bool ignoreCase)
    {
        _value = value;
        _root = root;
        _ignoreCase = ignoreCase;
    }

    /// <summary>What is wrong and where, such as <c>$.days must be integer, but is "three"</c>; null when the value matches.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="ignoreCase">
    /// Whether names of members and values of enums may be in another case, as System.Text.Json reads them.
    /// </param>
    public static string? Problem(JsonElement value, JsonNode schema, bool ignoreCase = false) =>
        new SchemaValidator(value, schema, ignoreCase).Check(value, schema, new ValuePath(null, "$"), 0)?.ToString();

    private Fault? Check(JsonElement value, JsonNode? node, ValuePath path, int depth)
    {
        if (node?.GetValueKind() == JsonValueKind.False)
        {
            return new Fault(path, "is not allowed");
        }

        if (node is not JsonObject schema || depth > MaxDepth)
        {
            return null;
        }

        return Fault.Of(path, SchemaAssertions.Check(value, schema, _ignoreCase))
            ?? CheckCombined(value, schema, path, depth)
            ?? CheckMembers(value, schema, path, depth)
            ?? CheckItems(value, schema, path, depth);
    }

    private Fault? CheckCombined(JsonElement value, JsonObject schema, ValuePath path, int depth)
    {
        if (!_combining.Any(schema.ContainsKey))
        {
            return null;
        }

        JsonMarshal.GetRawUtf8Value(_value).Overlaps(JsonMarshal.GetRawUtf8Value(value), out var offset);
        if (_known.TryGetValue((schema, offset), out var known))
        {
            return known;
        }

        // A loop of references that returns to the same value adds nothing.
        _known[(schema, offset)] = null;

        var fault = CheckReference(value, schema, path, depth)
            ?? CheckAll(value, schema["allOf"] as JsonArray, path, depth)
            ?? CheckAny(value, schema, path, depth)
            ?? CheckOne(value, schema["oneOf"] as JsonArray, path, depth)
            ?? CheckNot(value, schema, path, depth)
            ?? CheckIf(value, schema, path, depth);

        _known[(schema, offset)] = fault;

        return fault;
    }

    private Fault? CheckReference(JsonElement value, JsonObject schema, ValuePath path, int depth)
    {
        if (schema["$ref"] is not { } reference)
        {
            return null;
        }

        return Check(value, SchemaNode.Resolve(_root, reference.ToString()), path, depth + 1);
    }

    private Fault? CheckAll(JsonElement value, JsonArray? schemas, ValuePath path, int depth) =>
        (schemas ?? []).Select(one => Check(value, one, path, depth + 1)).FirstOrDefault(fault => fault is not null);

    private Fault? CheckAny(JsonElement value, JsonObject schema, ValuePath path, int depth)
    {
        // The exporter names null among the types beside the branches, and in none of them.
        var isNull = value.ValueKind == JsonValueKind.Null && SchemaNode.Types(schema).Contains("null");
        if (isNull || schema["anyOf"] is not JsonArray { Count: > 0 } branches)
        {
            return null;
        }

        return Closest(value, branches, path, depth);
    }

    private Fault? CheckOne(JsonElement value, JsonArray? branches, ValuePath path, int depth)
    {
        if (branches is not { Count: > 0 })
        {
            return null;
        }

        var matches = branches.Count(branch => Check(value, branch, path, depth + 1) is null);
        if (matches > 1)
        {
            return new Fault(path, "must match exactly one of the forms of oneOf, but matches several");
        }

        return Closest(value, branches, path, depth);
    }

    private Fault? CheckNot(JsonElement value, JsonObject schema, ValuePath path, int depth)
    {
        if (!schema.TryGetPropertyValue("not", out var excluded))
        {
            return null;
        }

        var isExcluded = Check(value, excluded, path, depth + 1) is null;
        if (isExcluded)
        {
            return new Fault(path, $"must not match {SchemaAssertions.Text(excluded)}");
        }

        return null;
    }

    private Fault? CheckIf(JsonElement value, JsonObject schema, ValuePath path, int depth)
    {
        if (!schema.TryGetPropertyValue("if", out var condition))
        {
            return null;
        }

        var branch = Check(value, condition, path, depth + 1) is null ? "then" : "else";

        return Check(value, schema[branch], path, depth + 1);
    }

    /// <summary>Null when one branch matches; else what is wrong with the branch that is probably meant.</summary>
    private Fault? Closest(JsonElement value, JsonArray branches, ValuePath path, int depth)
    {
        var meant = SchemaBranches.ByConstants(value, branches);
        if (meant is not null && _ignoreCase)
        {
            return Check(value, meant, path, depth + 1);
        }

        var isObject = value.ValueKind == JsonValueKind.Object;
        var mayHaveKind = _ignoreCase && isObject;
        if (mayHaveKind && branches.All(branch => SchemaBranches.Constants(branch).Count > 0))
        {
            return KindFault(value, branches, path);
        }

        var faults = branches.Select(branch => Check(value, branch, path, depth + 1)).ToList();
        if (faults.Contains(null))
        {
            return null;
        }

        meant ??= branches.OfType<JsonObject>().FirstOrDefault(branch => SchemaBranches.Constants(branch).Count == 0);
        if (meant is not null)
        {
            return faults[branches.IndexOf(meant)];
        }

        if (isObject)
        {
            return KindFault(value, branches, path);
        }

        return faults[0];
    }

    private static Fault? KindFault(JsonElement value, JsonArray branches, ValuePath path)
    {
        var name = SchemaBranches.Constants(branches[0])[0].Key;
        var kinds = branches.Select(
            branch => SchemaAssertions.Text((branch?["properties"] as JsonObject)?[name]?["const"]));
        var kind = value.TryGetProperty(name, out var given) ? SchemaAssertions.Excerpt(given) : "missing";

        return new Fault(
            new ValuePath(path, $".{name}"), $"must be one of {string.Join(", ", kinds)}, but is {kind}");
    }

    private Fault? CheckMembers(JsonElement value, JsonObject schema, ValuePath path, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var missing = SchemaNode.Required(schema).FirstOrDefault(
            name => SchemaBranches.Member(value, name, _ignoreCase) is null);
        if (missing is not null)
        {
            return new Fault(new ValuePath(path, $".{missing}"), "is missing");
        }

        var count = SchemaAssertions.CheckCount(
            value.EnumerateObject().Count(), schema, "minProperties", "maxProperties", "members");
        var faults = value.EnumerateObject().Select(member => CheckMember(member, schema, path, depth));

        return Fault.Of(path, count)
            ?? CheckDependent(value, schema, path)
            ?? faults.FirstOrDefault(fault => fault is not null);
    }

    private static Fault? CheckDependent(JsonElement value, JsonObject schema, ValuePath path)
    {
        foreach (var dependent in schema["dependentRequired"] as JsonObject ?? [])
        {
            if (!value.TryGetProperty(dependent.Key, out _))
            {
                continue;
            }

            var names = (dependent.Value as JsonArray ?? []).Select(name => $"{name}");
            var missing = names.FirstOrDefault(name => !value.TryGetProperty(name, out _));
            if (missing is not null)
            {
                return new Fault(new ValuePath(path, $".{missing}"), $"is missing, which {dependent.Key} requires");
            }
        }

        return null;
    }

    private Fault? CheckMember(JsonProperty member, JsonObject schema, ValuePath path, int depth)
    {
        var own = new ValuePath(path, $".{member.Name}");
        var applied = new List<JsonNode?>();
        if (SchemaNode.Property(schema, member.Name, _ignoreCase, out var property))
        {
            applied.Add(property);
        }

        foreach (var pattern in schema["patternProperties"] as JsonObject ?? [])
        {
            if (SchemaAssertions.IsMatch(member.Name, pattern.Key))
            {
                applied.Add(pattern.Value);
            }
        }

        if (applied.Count == 0)
        {
            applied.Add(schema["additionalProperties"]);
        }

        var faults = applied.Select(one => Check(member.Value, one, own, depth + 1));

        return CheckName(member.Name, schema, own) ?? faults.FirstOrDefault(fault => fault is not null);
    }

    private static Fault? CheckName(string name, JsonObject schema, ValuePath path)
    {
        if (schema["propertyNames"] is not JsonObject names)
        {
            return null;
        }

        var problem = SchemaAssertions.Check(SchemaNode.ToElement(JsonValue.Create(name)), names, ignoreCase: false);
        if (problem is null)
        {
            return null;
        }

        return new Fault(path, $"has a name that {problem}");
    }

    private Fault? CheckItems(JsonElement value, JsonObject schema, ValuePath path, int depth)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var count = SchemaAssertions.CheckCount(value.GetArrayLength(), schema, "minItems", "maxItems", "items");
        var faults = value.EnumerateArray().Select((item, index) => CheckItem(item, index, schema, path, depth));

        return Fault.Of(path, count)
            ?? CheckUnique(value, schema, path)
            ?? CheckContains(value, schema, path, depth)
            ?? faults.FirstOrDefault(fault => fault is not null);
    }

    private Fault? CheckItem(JsonElement item, int index, JsonObject schema, ValuePath path, int depth)
    {
        // Before draft 2020-12, `items` was the list.
        var first = schema["prefixItems"] as JsonArray ?? schema["items"] as JsonArray ?? [];
        var others = schema["items"] is JsonArray ? schema["additionalItems"] : schema["items"];
        var own = index < first.Count ? first[index] : others;
        var step = $"[{index.ToString(CultureInfo.InvariantCulture)}]";

        return Check(item, own, new ValuePath(path, step), depth + 1);
    }

    private static Fault? CheckUnique(JsonElement value, JsonObject schema, ValuePath path)
    {
        if (schema["uniqueItems"]?.GetValueKind() != JsonValueKind.True)
        {
            return null;
        }

        var seen = new HashSet<JsonElement>(JsonValueComparer.Instance);

        foreach (var item in value.EnumerateArray())
        {
            if (!seen.Add(item))
            {
                return new Fault(
                    path,
                    $"must not contain an item twice, but contains {SchemaAssertions.Excerpt(item)} twice");
            }
        }

        return null;
    }

    private Fault? CheckContains(JsonElement value, JsonObject schema, ValuePath path, int depth)
    {
        if (!schema.TryGetPropertyValue("contains", out var wanted))
        {
            return null;
        }

        var count = value.EnumerateArray().Count(item => Check(item, wanted, path, depth + 1) is null);
        var least = SchemaAssertions.Number(schema, "minContains") ?? 1;
        var most = SchemaAssertions.Number(schema, "maxContains") ?? double.MaxValue;
        if (count >= least && count <= most)
        {
            return null;
        }

        return new Fault(path, $"has a wrong number of items that match {SchemaAssertions.Text(wanted)}");
    }

    /// <summary>Where a value stands. It becomes a text only for a fault, because most values have none.</summary>
    private sealed record ValuePath(ValuePath? Parent, string Step)
    {
        private const int MaxStep = 100;

        public override string ToString()
        {
            if (Step.Length > MaxStep)
            {
                return $"{Parent}{Step.Substring(0, MaxStep)}...";
            }

            return $"{Parent}{Step}";
        }
    }

    private sealed record Fault(ValuePath Path, string Text)
    {
        public static Fault? Of(ValuePath path, string? text)
        {
            if (text is null)
            {
                return null;
            }

            return new Fault(path, text);
        }

        public override string ToString() => $"{Path} {Text}";
    }
}
