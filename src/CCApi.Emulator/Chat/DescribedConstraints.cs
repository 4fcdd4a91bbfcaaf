using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>
/// The constraints that clients write into descriptions, because strict mode has no keyword for them, such as
/// <c>A time (pattern: ^\d{2}:\d{2}$)</c>. Models follow them.
/// </summary>
internal static partial class DescribedConstraints
{
    /// <summary>The keywords whose values are not schemas.</summary>
    private static readonly string[] _valueKeywords = ["const", "enum", "default", "examples"];

    /// <summary>The keywords whose values have a schema for each name, which may be that of a keyword.</summary>
    private static readonly string[] _mapKeywords = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

    /// <summary>A copy of a schema that has the constraints as keywords; null when there are none.</summary>
    public static JsonObject? Add(JsonObject schema)
    {
        var copy = (JsonObject)schema.DeepClone();

        return AddWithin(copy) ? copy : null;
    }

    /// <remarks>Not <see cref="Enumerable.Any{T}(IEnumerable{T})"/>, which would stop at the first node that changes.</remarks>
    private static bool AddWithinEach(IEnumerable<JsonNode?> nodes)
    {
        var isChanged = false;
        foreach (var node in nodes)
        {
            isChanged |= AddWithin(node);
        }

        return isChanged;
    }

    private static bool AddWithin(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            return AddWithinEach(list);
        }

        if (node is not JsonObject schema)
        {
            return false;
        }

        var isChanged = AddWithinEach(schema.Where(member => !_valueKeywords.Contains(member.Key)).SelectMany(SchemasOf));
        foreach (var (name, text) in Find(schema.Text("description") ?? string.Empty))
        {
            isChanged |= AddTo(schema, name, text);
        }

        return isChanged;
    }

    private static IEnumerable<JsonNode?> SchemasOf(KeyValuePair<string, JsonNode?> member)
    {
        if (member.Value is JsonObject schemas && _mapKeywords.Contains(member.Key))
        {
            return schemas.Select(schema => schema.Value);
        }

        return [member.Value];
    }

    /// <summary>The constraints in a description: the keyword of each, and the text of its value.</summary>
    private static IEnumerable<(string Name, string Text)> Find(string description)
    {
        var found = Keywords().Matches(description);
        for (var i = 0; i < found.Count; i++)
        {
            var isLast = i == found.Count - 1;
            var end = isLast ? description.Length : found[i + 1].Index;
            var text = description[(found[i].Index + found[i].Length)..end];
            var endsParentheses = isLast && found[0].Value[0] == '(' && text.EndsWith(')');

            yield return (found[i].Groups["name"].Value, endsParentheses ? text[..^1] : text);
        }
    }

    private static bool AddTo(JsonObject schema, string name, string text)
    {
        if (schema.ContainsKey(name) || Value(name, text) is not { } value)
        {
            return false;
        }

        schema[name] = value;

        return true;
    }

    private static JsonValue? Value(string name, string text)
    {
        if (name == "pattern")
        {
            var isKnown = SchemaPattern.IsMatch(text, string.Empty) is not null;

            return isKnown ? JsonValue.Create(text) : null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null;
    }

    [GeneratedRegex(
        @"(^|\(|, )(?<name>pattern|(min|max)(Length|Items)|minimum|maximum|exclusive(Min|Max)imum|multipleOf): ",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Keywords();
}
