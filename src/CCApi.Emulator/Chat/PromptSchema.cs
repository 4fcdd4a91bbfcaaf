using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>
/// Finds the JSON schema that a system message describes, as programs do for models that do not accept one in
/// <c>response_format</c>.
/// </summary>
internal static class PromptSchema
{
    public static JsonObject? Find(JsonObject body) => ((JsonArray)body["messages"]!).OfType<JsonObject>()
        .Where(message => message.Text("role") is "system" or "developer")
        .Select(message => Parse(message.Text("content") ?? string.Empty))
        .FirstOrDefault(schema => schema is not null);

    private static JsonObject? Parse(string text)
    {
        var (start, end) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        try
        {
            return end > start && start >= 0 && JsonNode.Parse(text[start..(end + 1)]) is JsonObject schema && schema["type"]?.ToString() == "object" ? schema : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
