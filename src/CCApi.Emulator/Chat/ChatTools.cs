using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Chooses which of the offered tools to call.</summary>
internal static class ChatTools
{
    /// <summary>Shorter words are part of many others.</summary>
    private const int ShortestPart = 5;

    /// <summary>What many names begin with; these words alone do not make a tool fit a prompt.</summary>
    private static readonly HashSet<string> _verbs = new(StringComparer.Ordinal)
    {
        "get", "set", "put", "find", "fetch", "list", "search", "look", "lookup", "query", "read", "load", "show", "check",
        "add", "create", "make", "new", "update", "change", "delete", "remove", "send", "call", "run", "execute", "calculate", "compute",
        "retrieve", "tool", "function", "method", "custom", "all", "the", "and", "for", "from", "with", "current", "what", "how", "which",
        "who", "when", "where", "are", "was", "can", "you", "your", "tell", "please",
    };

    public static IReadOnlyList<ChatToolRequest> Choose(JsonObject body, ChatPrompt prompt, int seed)
    {
        var offered = (body["tools"] as JsonArray)?.Select(tool => (JsonObject)tool!["function"]!).ToList() ?? [];
        if (offered.Count == 0 || prompt.ToolResults.Count > 0)
        {
            return [];
        }

        var values = new PromptValues(prompt.Text);
        var chosen = body["tool_choice"] switch
        {
            JsonObject named => offered.Where(tool => tool.Text("name") == Name(named)).Take(1).ToList(),
            JsonValue mode when mode.ToString() == "none" => [],
            JsonValue mode when mode.ToString() == "required" => AtLeastOne(Fitting(offered, values), offered),
            _ => Fitting(offered, values),
        };

        if (body["parallel_tool_calls"]?.GetValueKind() == JsonValueKind.False)
        {
            chosen = chosen.Take(1).ToList();
        }

        return Calls(chosen, values, seed);
    }

    /// <summary>The calls in the order of the tools. Values go to the tools in the order in which the prompt mentions them.</summary>
    private static ChatToolRequest[] Calls(List<JsonObject> tools, PromptValues values, int seed)
    {
        var calls = new ChatToolRequest[tools.Count];
        var byMention = Enumerable.Range(0, tools.Count).OrderBy(index => FirstMention(tools[index], values.Words));

        foreach (var index in byMention)
        {
            calls[index] = Call(tools[index], values, seed, index);
            values.StartNext();
        }

        return calls;
    }

    /// <summary>Where the prompt has the first word of the name of a tool.</summary>
    private static int FirstMention(JsonObject tool, IReadOnlyList<string> prompt)
    {
        var words = NameWords.Of(tool.Text("name")!).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < prompt.Count; index++)
        {
            if (words.Contains(prompt[index]))
            {
                return index;
            }
        }

        return prompt.Count;
    }

    /// <summary>The name of the function of a tool, or of a choice that names one; null when there is none.</summary>
    public static string? Name(JsonNode? tool)
    {
        if (((tool as JsonObject)?["function"] as JsonObject)?.Text("name") is { Length: > 0 } name)
        {
            return name;
        }

        return null;
    }

    private static List<JsonObject> AtLeastOne(List<JsonObject> fitting, List<JsonObject> offered)
    {
        if (fitting.Count > 0)
        {
            return fitting;
        }

        return offered.Take(1).ToList();
    }

    private static ChatToolRequest Call(JsonObject tool, PromptValues values, int seed, int index)
    {
        var name = tool.Text("name")!;
        var arguments = SchemaFiller.Fill(tool["parameters"], values) ?? new JsonObject();
        var id = $"call_{GatewayRequest.Hash(seed, name + values.Prompt + index):x8}";

        return new ChatToolRequest(id, name, GatewayResponse.Text(arguments));
    }

    /// <summary>The tools whose name has a word of the prompt, else the one whose description has two, best first.</summary>
    private static List<JsonObject> Fitting(List<JsonObject> tools, PromptValues prompt)
    {
        var words = prompt.Words.ToHashSet(StringComparer.Ordinal);
        var operations = ArithmeticTools.WordsFor(prompt);
        var byName = tools.Select(tool => Candidate.ByName(tool, words, operations)).Where(candidate => candidate.Fits).ToList();
        if (byName.Count > 0)
        {
            return byName.Where(candidate => !byName.Exists(candidate.IsWorseThan)).Select(candidate => candidate.Tool).ToList();
        }

        return tools.Select(tool => (tool, score: Telling(tool.Text("description"), shortest: 4).Intersect(words).Sum(Weight)))
            .Where(candidate => candidate.score >= 2)
            .OrderByDescending(candidate => candidate.score)
            .Select(candidate => candidate.tool)
            .Take(1)
            .ToList();
    }

    /// <summary>The words of a text that distinguish it from others.</summary>
    private static IEnumerable<string> Telling(string? text, int shortest) =>
        NameWords.Of(text ?? string.Empty).Where(word => IsTelling(word, shortest)).Distinct();

    private static bool IsTelling(string word, int shortest) =>
        EastAsianWords.IsNoun(word) || (word.Length >= shortest && !_verbs.Contains(word));

    /// <summary>A word of two Han characters distinguishes as much as two words.</summary>
    private static int Weight(string word) => EastAsianWords.IsNoun(word) ? 2 : 1;

    /// <summary>
    /// The words of a name. In one without separators, such as <c>getweather</c> or <c>GETWEATHER</c>, they are those that names begin
    /// with, and a word of the prompt.
    /// </summary>
    private static IReadOnlyList<string> WordsOf(string name, HashSet<string> prompt)
    {
        var words = NameWords.Of(name);
        if (words is not [var whole] || prompt.Contains(whole))
        {
            return words;
        }

        var parts = new List<string>();
        var rest = whole;
        while (FirstVerb(rest) is { } verb)
        {
            parts.Add(verb);
            rest = rest[verb.Length..];
        }

        var said = prompt.Where(word => word.Length >= ShortestPart).FirstOrDefault(
            word => rest.StartsWith(word, StringComparison.Ordinal) || rest.EndsWith(word, StringComparison.Ordinal));
        parts.Add(said ?? rest);

        return parts;
    }

    /// <summary>The longest of the verbs that a word begins with, and goes on after; null without one.</summary>
    private static string? FirstVerb(string word) => _verbs
        .Where(verb => word.Length > verb.Length + 2 && word.StartsWith(verb, StringComparison.Ordinal))
        .MaxBy(verb => verb.Length);

    /// <param name="Tool">The tool.</param>
    /// <param name="Matched">The words of its name that the prompt has.</param>
    /// <param name="Words">How many words its name has.</param>
    /// <param name="Fits">Whether one of them distinguishes it, or the prompt has them all.</param>
    private sealed record Candidate(JsonObject Tool, IReadOnlySet<string> Matched, int Words, bool Fits)
    {
        public static Candidate ByName(JsonObject tool, HashSet<string> prompt, IReadOnlySet<string> operations)
        {
            var name = tool.Text("name")!;
            var words = WordsOf(name, prompt).ToHashSet(StringComparer.Ordinal);
            var matched = words.Where(prompt.Contains).ToHashSet(StringComparer.Ordinal);
            var isDistinguished = words.Any(word => IsTelling(word, shortest: 3) && matched.Contains(word));
            var isWhole = words.Count > 0 && matched.Count == words.Count;
            var isArithmetic = words.Overlaps(operations) && ArithmeticTools.TakesNumbers(tool);
            if (isArithmetic)
            {
                matched.UnionWith(words.Where(operations.Contains));
            }

            return new Candidate(tool, matched, words.Count, isDistinguished || isWhole || isArithmetic);
        }

        /// <summary>Whether the other matches the same words and more, or the same words with a shorter name.</summary>
        public bool IsWorseThan(Candidate other)
        {
            var isEqual = other.Matched.SetEquals(Matched);
            if (isEqual)
            {
                return other.Words < Words;
            }

            return other.Matched.IsSupersetOf(Matched);
        }
    }
}
