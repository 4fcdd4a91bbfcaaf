using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>Makes JSON that fits a JSON schema, with values from a prompt where they fit.</summary>
internal static partial class SchemaFiller
{
    private const int MaxDepth = 16;

    public static JsonNode? Fill(JsonNode? schema, string prompt) => Fill(schema, schema, prompt, string.Empty, depth: 0);

    private static JsonNode? Fill(JsonNode? node, JsonNode? root, string prompt, string name, int depth)
    {
        if (node is not JsonObject schema || depth > MaxDepth)
        {
            return depth == 0 ? new JsonObject() : JsonValue.Create(ChatWriter.Topic(prompt));
        }

        if (schema.Text("$ref") is { } reference)
        {
            return Fill(Resolve(root, reference), root, prompt, name, depth + 1);
        }

        if (schema["const"] is { } constant)
        {
            return constant.DeepClone();
        }

        if (schema["enum"] is JsonArray { Count: > 0 } values)
        {
            return (values.FirstOrDefault(value => value is not null && prompt.Contains(value.ToString(), StringComparison.OrdinalIgnoreCase)) ?? values[0])?.DeepClone();
        }

        foreach (var union in new[] { "anyOf", "oneOf", "allOf" })
        {
            if (schema[union] is JsonArray { Count: > 0 } branches)
            {
                var branch = branches.FirstOrDefault(branch => branch?["type"]?.ToString() != "null") ?? branches[0];
                return Fill(branch, root, prompt, name, depth + 1);
            }
        }

        return Type(schema) switch
        {
            "object" => FillObject(schema, root, prompt, depth),
            "array" => FillArray(schema, root, prompt, name, depth),
            "integer" => JsonValue.Create((long)Number(schema, prompt)),
            "number" => JsonValue.Create(Number(schema, prompt)),
            "boolean" => JsonValue.Create(true),
            "null" => null,
            _ => JsonValue.Create(Text(schema, prompt, name)),
        };
    }

    private static string Type(JsonObject schema) => schema["type"] switch
    {
        JsonValue one => one.ToString(),
        JsonArray several => several.Select(type => type?.ToString()).FirstOrDefault(type => type != "null") ?? "null",
        _ => schema["properties"] is not null ? "object" : schema["items"] is not null ? "array" : "string",
    };

    private static JsonObject FillObject(JsonObject schema, JsonNode? root, string prompt, int depth)
    {
        var filled = new JsonObject();
        var required = (schema["required"] as JsonArray)?.Select(member => member?.ToString()).ToHashSet() ?? [];
        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            // Deep down, only what must be there: a schema may refer to itself.
            if (depth < 4 || required.Contains(name))
            {
                filled[name] = Fill(member, root, prompt, name, depth + 1);
            }
        }

        return filled;
    }

    private static JsonArray FillArray(JsonObject schema, JsonNode? root, string prompt, string name, int depth)
    {
        var count = Math.Clamp(schema.Number("minItems") ?? 1, 0, 16);
        return new JsonArray([.. Enumerable.Range(0, count).Select(_ => Fill(schema["items"], root, prompt, name, depth + 1))]);
    }

    private static decimal Number(JsonObject schema, string prompt)
    {
        var least = Bound(schema, "minimum") ?? Bound(schema, "exclusiveMinimum") + 1;
        var most = Bound(schema, "maximum") ?? Bound(schema, "exclusiveMaximum") - 1;
        var match = Digits().Match(prompt);
        var number = match.Success && decimal.TryParse(match.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var found) ? found : least ?? 1;
        number = Math.Max(number, least ?? decimal.MinValue);
        return Math.Min(number, most ?? decimal.MaxValue);
    }

    private static decimal? Bound(JsonObject schema, string name) =>
        schema[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<decimal>() : null;

    private static string Text(JsonObject schema, string prompt, string name)
    {
        var text = schema.Text("format") switch
        {
            "date" => "2026-01-31",
            "date-time" => "2026-01-31T12:00:00Z",
            "time" => "12:00:00Z",
            "email" => "someone@example.com",
            "uri" => "https://example.com/",
            "uuid" => "00000000-0000-4000-8000-000000000001",
            _ => Place().Match(prompt) is { Success: true } place && IsPlace(name) ? place.Groups[1].Value : Quoted().Match(prompt) is { Success: true } quoted ? quoted.Groups[1].Value : ChatWriter.Topic(prompt),
        };
        var least = schema.Number("minLength") ?? 0;
        text = text.Length < least ? text.PadRight(least, '.') : text;
        return schema.Number("maxLength") is { } most && text.Length > most ? text[..most] : text;
    }

    private static bool IsPlace(string name) => name.Contains("city", StringComparison.OrdinalIgnoreCase) || name.Contains("location", StringComparison.OrdinalIgnoreCase)
        || name.Contains("place", StringComparison.OrdinalIgnoreCase) || name.Contains("country", StringComparison.OrdinalIgnoreCase);

    private static JsonNode? Resolve(JsonNode? root, string reference)
    {
        var node = root;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = (node as JsonObject)?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        }

        return node;
    }

    [GeneratedRegex(@"-?\d+(?:\.\d+)?")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\b(?:in|at|for|of|to)\s+(\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*)")]
    private static partial Regex Place();

    [GeneratedRegex("[\"'«“]([^\"'»”]{1,80})[\"'»”]")]
    private static partial Regex Quoted();
}
