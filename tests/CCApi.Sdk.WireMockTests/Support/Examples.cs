using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Sdk.WireMockTests.Support;

/// <summary>The documents of <c>openapi/examples</c>.</summary>
internal static class Examples
{
    /// <summary>A file as it is.</summary>
    public static string Text(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", file));

    /// <summary>A JSON document, without the members that are null: requests leave them out.</summary>
    public static JsonNode WithoutNulls(string file)
    {
        var document = JsonNode.Parse(Text(file))!;
        RemoveNulls(document);
        return document;
    }

    private static void RemoveNulls(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            // A null beside tool calls is kept.
            var isKept = members["tool_calls"] is JsonArray { Count: > 0 };
            foreach (var name in members.Where(member => member.Value is null && !(isKept && member.Key == "content")).Select(member => member.Key).ToArray())
            {
                members.Remove(name);
            }

            foreach (var member in members)
            {
                RemoveNulls(member.Value);
            }
        }

        foreach (var item in (node as JsonArray ?? []).OfType<JsonNode>())
        {
            RemoveNulls(item);
        }
    }
}
