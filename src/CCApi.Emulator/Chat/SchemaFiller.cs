using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>
/// Makes JSON that fits a JSON schema, with values from a prompt where they fit. It knows no <c>pattern</c>, <c>not</c> and
/// <c>if</c>.
/// </summary>
internal sealed partial class SchemaFiller
{
    /// <summary>From here on only what must be there: a schema may refer to itself.</summary>
    private const int Deep = 4;

    /// <summary>Where a schema that can never end is given up.</summary>
    private const int MaxDepth = 32;
    private const int MaxNodes = 2000;

    private const int MaxItems = 1000;
    private const int MaxCharacters = 10_000;

    private readonly JsonObject _root;
    private readonly string _prompt;
    private int _nodes;

    private SchemaFiller(JsonObject root, string prompt)
    {
        _root = root;
        _prompt = prompt;
    }

    public static JsonNode? Fill(JsonNode? schema, string prompt) =>
        schema is JsonObject root ? new SchemaFiller(root, prompt).Value(root, new Place(string.Empty, Index: 0, Depth: 0)) : new JsonObject();

    private JsonNode? Value(JsonNode? node, Place place)
    {
        if (node is not JsonObject schema || ++_nodes > MaxNodes || place.Depth > MaxDepth)
        {
            return JsonValue.Create(ChatWriter.Topic(_prompt));
        }

        if (schema.Text("$ref") is { } reference)
        {
            return Value(Resolve(reference), place);
        }

        if (schema.TryGetPropertyValue("const", out var constant))
        {
            return constant?.DeepClone();
        }

        if (schema["enum"] is JsonArray { Count: > 0 } values)
        {
            return Choose(values, place.Index)?.DeepClone();
        }

        if (schema["allOf"] is JsonArray { Count: > 0 } parts)
        {
            return Value(parts.Aggregate(Without(schema, "allOf"), Merge), place);
        }

        foreach (var union in new[] { "anyOf", "oneOf" })
        {
            if (schema[union] is JsonArray { Count: > 0 } branches)
            {
                return Value(Merge(Without(schema, union), Choose(branches, place)), place);
            }
        }

        return Type(schema, place) switch
        {
            "object" => Object(schema, place),
            "array" => Array(schema, place),
            "integer" => SchemaNumber.Make(schema, _prompt, place.Index, isInteger: true),
            "number" => SchemaNumber.Make(schema, _prompt, place.Index, isInteger: false),
            "boolean" => JsonValue.Create(true),
            "null" => null,
            _ => JsonValue.Create(Text(schema, place)),
        };
    }

    /// <summary>The value that the prompt names, else the first; a list takes one after the other.</summary>
    private JsonNode? Choose(JsonArray values, int index)
    {
        var named = values.FirstOrDefault(value => value?.ToString() is { Length: > 0 } text && _prompt.Contains(text, StringComparison.OrdinalIgnoreCase));
        return values[((named is null ? 0 : values.IndexOf(named)) + index) % values.Count];
    }

    private static JsonNode? Choose(JsonArray branches, Place place) =>
        branches.FirstOrDefault(branch => (branch as JsonObject)?["type"]?.ToString() == "null" == place.IsDeep) ?? branches[0];

    private static string Type(JsonObject schema, Place place) => schema["type"] switch
    {
        JsonArray several when place.IsDeep && several.Any(type => type?.ToString() == "null") => "null",
        JsonArray several => several.Select(type => type?.ToString()).FirstOrDefault(type => type != "null") ?? "null",
        { } one => one.ToString(),
        _ => schema["properties"] is not null ? "object" : schema["items"] is not null ? "array" : "string",
    };

    private JsonObject Object(JsonObject schema, Place place)
    {
        var filled = new JsonObject();
        var required = (schema["required"] as JsonArray)?.Select(member => member?.ToString()).OfType<string>().ToHashSet() ?? [];
        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            if (required.Remove(name) || !place.IsDeep)
            {
                filled[name] = Value(member, place.Below(name, place.Index));
            }
        }

        foreach (var name in required)
        {
            filled[name] = Value(schema["additionalProperties"], place.Below(name, place.Index));
        }

        return filled;
    }

    private JsonArray Array(JsonObject schema, Place place)
    {
        var each = (schema["prefixItems"] ?? schema["items"]) as JsonArray;
        var count = schema.Number("minItems") ?? each?.Count ?? (place.IsDeep ? 0 : 1);
        count = Math.Clamp(Math.Min(count, schema.Number("maxItems") ?? count), 0, MaxItems);
        var items = Enumerable.Range(0, count).Select(index => Value(index < each?.Count ? each[index] : schema["items"], place.Below(place.Name, index)));
        return new JsonArray([.. items]);
    }

    private string Text(JsonObject schema, Place place)
    {
        var text = schema.Text("format") switch
        {
            "date" => "2026-01-31",
            "date-time" => "2026-01-31T12:00:00Z",
            "time" => "12:00:00Z",
            "duration" => "PT1H",
            "email" => "someone@example.com",
            "hostname" => "example.com",
            "ipv4" => "192.0.2.1",
            "ipv6" => "2001:db8::1",
            "uri" => "https://example.com/",
            "uuid" => "00000000-0000-4000-8000-000000000001",
            _ => null,
        };
        text ??= (place.IsLocation && Location().Match(_prompt) is { Success: true } location ? location.Groups[1].Value
            : Quoted().Match(_prompt) is { Success: true } quoted ? quoted.Groups[1].Value
            : ChatWriter.Topic(_prompt)) + (place.Index == 0 ? string.Empty : $" {place.Index + 1}");

        var least = Math.Clamp(schema.Number("minLength") ?? 0, 0, MaxCharacters);
        var most = Math.Max(schema.Number("maxLength") ?? MaxCharacters, 0);
        text = text.PadRight(least, '.');

        // The end of a long text stays, because it distinguishes the items of a list.
        return text.Length <= most ? text : text[^most..];
    }

    private JsonObject Merge(JsonObject schema, JsonNode? part)
    {
        if ((part is JsonObject { } reference && reference.Text("$ref") is { } path ? Resolve(path) : part) is not JsonObject other)
        {
            return schema;
        }

        foreach (var (name, member) in other)
        {
            switch (schema[name], member)
            {
                case (JsonObject mine, JsonObject theirs):
                    schema[name] = Merge(mine, theirs.DeepClone());
                    break;
                case (JsonArray mine, JsonArray theirs) when name == "required":
                    schema[name] = new JsonArray([.. mine.Concat(theirs).Select(item => item?.DeepClone())]);
                    break;
                case (null, _):
                    schema[name] = member?.DeepClone();
                    break;
            }
        }

        return schema;
    }

    private static JsonObject Without(JsonObject schema, string name)
    {
        var rest = (JsonObject)schema.DeepClone();
        rest.Remove(name);
        return rest;
    }

    private JsonNode? Resolve(string reference)
    {
        JsonNode? node = _root;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = (node as JsonObject)?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        }

        return node;
    }

    [GeneratedRegex(@"\b(?:in|at|for|of|to)\s+(\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*)")]
    private static partial Regex Location();

    [GeneratedRegex("[\"'«“]([^\"'»”]{1,80})[\"'»”]")]
    private static partial Regex Quoted();

    /// <param name="Name">The name of the member that is filled.</param>
    /// <param name="Index">Which item of a list it belongs to.</param>
    /// <param name="Depth">How many objects and lists are around it.</param>
    private readonly record struct Place(string Name, int Index, int Depth)
    {
        private static readonly string[] _locations = ["city", "location", "place", "country"];

        public bool IsDeep => Depth >= Deep;

        public bool IsLocation
        {
            get
            {
                var name = Name;
                return _locations.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
            }
        }

        public Place Below(string name, int index) => new(name, index, Depth + 1);
    }
}
