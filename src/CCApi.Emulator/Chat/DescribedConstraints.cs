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
    /// <summary>What holds values and not schemas.</summary>
    private static readonly string[] _values = ["const", "enum", "default", "examples"];

    /// <summary>A copy of a schema that has the constraints as keywords; null when there are none.</summary>
    public static JsonObject? Add(JsonObject schema)
    {
        var copy = (JsonObject)schema.DeepClone();

        return AddWithin(copy) ? copy : null;
    }

    /// <remarks>Any would stop at the first that changes.</remarks>
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

        var isChanged = AddWithinEach(schema.Where(member => !_values.Contains(member.Key)).Select(member => member.Value));
        if (schema.Text("description") is not { } description)
        {
            return isChanged;
        }

        var found = Keywords().Matches(description);
        for (var i = 0; i < found.Count; i++)
        {
            var end = i + 1 < found.Count ? found[i + 1].Index : description.Length;
            var text = description[(found[i].Index + found[i].Length)..end];
            isChanged |= AddTo(schema, found[i].Groups["name"].Value, found[0].Value[0] == '(' ? WithoutEnd(text) : text);
        }

        return isChanged;
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

    /// <summary>Without the end of the parentheses that hold all constraints.</summary>
    private static string WithoutEnd(string text) => text.EndsWith(')') ? text[..^1] : text;

    [GeneratedRegex(
        @"(^|\(|, )(?<name>pattern|(min|max)(Length|Items)|minimum|maximum|exclusive(Min|Max)imum|multipleOf): ",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Keywords();
}
