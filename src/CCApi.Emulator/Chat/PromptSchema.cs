using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>
/// Finds the JSON schema that a message describes, as programs do for models that do not accept one in
/// <c>response_format</c>.
/// </summary>
internal static partial class PromptSchema
{
    /// <summary>Beyond this many braces a text is not searched any further.</summary>
    private const int MaxStarts = 64;

    private static readonly JsonDocumentOptions _noDuplicates = new() { AllowDuplicateProperties = false };
    private static readonly string[] _combinations = ["properties", "$ref", "anyOf", "oneOf", "allOf"];

    /// <summary>The schema of an object in the latest message that has one; null without any.</summary>
    public static JsonObject? Find(JsonObject body) => Described(body).Select(found => found.Schema).FirstOrDefault();

    /// <summary>The schema in a message that also requests JSON that is valid against it; null without any.</summary>
    public static JsonObject? FindRequested(JsonObject body) =>
        Described(body)
            .Where(found => Json().IsMatch(found.Text) && Request().IsMatch(found.Text))
            .Select(found => found.Schema)
            .FirstOrDefault();

    /// <summary>A text without the schemas in it, whose words and numbers are not about the prompt.</summary>
    public static string Without(string text)
    {
        var rest = new StringBuilder(text);
        foreach (var (start, length, _) in Objects(text).OrderByDescending(found => found.Start))
        {
            rest.Remove(start, length);
        }

        return rest.ToString();
    }

    private static IEnumerable<(JsonObject Schema, string Text)> Described(JsonObject body) => ((JsonArray)body["messages"]!)
        .OfType<JsonObject>()
        .Where(message => message.Text("role") is "system" or "developer" or "user")
        .Select(ChatPrompt.TextOf)
        .Reverse()
        .SelectMany(text => Objects(text).Select(found => (found.Schema, text)));

    /// <summary>The JSON objects in a text that are schemas of objects.</summary>
    private static IEnumerable<(int Start, int Length, JsonObject Schema)> Objects(string text)
    {
        var start = text.IndexOf('{', StringComparison.Ordinal);
        for (var tries = 0; start >= 0 && tries < MaxStarts; tries++)
        {
            var (length, found) = Read(text, start);
            if (found is not null)
            {
                yield return (start, length, found);
            }

            var next = start + Math.Max(length, 1);
            start = next < text.Length ? text.IndexOf('{', next) : -1;
        }
    }

    private static bool IsSchemaOfObject(JsonObject found)
    {
        var isOfObject = found["type"]?.ToString() == "object";
        return isOfObject || (found["type"] is null && _combinations.Any(found.ContainsKey));
    }

    /// <summary>Reads one object, whatever follows it; returns how many characters it has, and the object when it is a schema.</summary>
    private static (int Length, JsonObject? Found) Read(string text, int start)
    {
        var bytes = Encoding.UTF8.GetBytes(text[start..]);
        var reader = new Utf8JsonReader(bytes);

        try
        {
            reader.Read();
            reader.Skip();
            var length = (int)reader.BytesConsumed;
            var found = JsonNode.Parse(bytes.AsSpan(0, length), documentOptions: _noDuplicates);

            if (found is JsonObject schema && IsSchemaOfObject(schema))
            {
                return (Encoding.UTF8.GetCharCount(bytes, 0, length), schema);
            }

            return (Encoding.UTF8.GetCharCount(bytes, 0, length), null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is for half of a surrogate pair.
            return (0, null);
        }
    }

    [GeneratedRegex(
        @"\b(respond|reply|return|output|produce|answer|generate|conform\w*|match\w*|follow\w*|adher\w*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Request();

    [GeneratedRegex(@"\bjson\b", RegexOptions.IgnoreCase)]
    private static partial Regex Json();
}
