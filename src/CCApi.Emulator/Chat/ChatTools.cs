using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>Chooses which of the offered tools to call.</summary>
internal static partial class ChatTools
{
    public static IReadOnlyList<ChatToolRequest> Choose(JsonObject body, ChatPrompt prompt, int seed)
    {
        var offered = (body["tools"] as JsonArray)?.Select(tool => (JsonObject)tool!["function"]!).ToList() ?? [];
        if (offered.Count == 0 || prompt.ToolResults.Count > 0)
        {
            return [];
        }

        var chosen = body["tool_choice"] switch
        {
            JsonObject named => offered.Where(tool => tool.Text("name") == Name(named)).Take(1).ToList(),
            JsonValue mode when mode.ToString() == "none" => [],
            JsonValue mode when mode.ToString() == "required" => Fitting(offered, prompt.Text) is { Count: > 0 } fitting ? fitting : offered.Take(1).ToList(),
            _ => Fitting(offered, prompt.Text),
        };
        if (body["parallel_tool_calls"]?.GetValueKind() == JsonValueKind.False)
        {
            chosen = chosen.Take(1).ToList();
        }

        return chosen.Select((tool, index) => Call(tool, prompt.Text, seed, index)).ToList();
    }

    /// <summary>The name of the function of a tool, or of a choice that names one; null when there is none.</summary>
    public static string? Name(JsonNode? tool) => ((tool as JsonObject)?["function"] as JsonObject)?.Text("name") is { Length: > 0 } name ? name : null;

    private static ChatToolRequest Call(JsonObject tool, string prompt, int seed, int index)
    {
        var name = tool.Text("name")!;
        var arguments = SchemaFiller.Fill(tool["parameters"], prompt) ?? new JsonObject();
        return new ChatToolRequest($"call_{GatewayRequest.Hash(seed, name + prompt + index):x8}", name, GatewayResponse.Text(arguments));
    }

    /// <summary>The tools whose name has a word of the prompt, else the one whose description has two, best first.</summary>
    private static List<JsonObject> Fitting(List<JsonObject> tools, string prompt)
    {
        var words = Words(prompt);
        var byName = tools.Where(tool => Words(tool.Text("name")!.Replace('_', ' ')).Overlaps(words)).ToList();
        return byName.Count > 0
            ? byName
            : tools.Select(tool => (tool, score: Words(tool.Text("description") ?? string.Empty).Intersect(words).Count()))
                .Where(candidate => candidate.score >= 2)
                .OrderByDescending(candidate => candidate.score)
                .Select(candidate => candidate.tool)
                .Take(1)
                .ToList();
    }

    private static HashSet<string> Words(string text) =>
        Word().Matches(text).Select(match => match.Value.TrimEnd('s')).ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\p{L}{4,}")]
    private static partial Regex Word();
}
