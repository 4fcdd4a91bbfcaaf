using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.Fuzz;

/// <summary>A completion as a model makes it: it can be sent as one document or as chunks, which mean the same.</summary>
internal sealed class ScriptedCompletion
{
    private static readonly string[][] _pieces =
    [
        ["Hello"], [" world"], ["\u00e9\u4e2d\u2028"], ["\ud83d", "\ude00"], ["\"q\"\n\t\\"], [""], ["data: [DONE]"], ["{\"error\":1}"], ["<think>"], ["</think>"],
        [new string('x', 300)],
    ];

    private static readonly string[][] _arguments = [["{\"city\":\"Oslo\"}"], ["{\"ci", "ty\":\"Os", "lo\"}"], ["{}"], ["{\"city\":3}"], ["{\"city\":\"Os"], [""]];

    private readonly List<string> _text = [];
    private readonly List<string> _reasoning = [];
    private readonly List<(string Name, string[] Arguments)> _calls = [];
    private readonly bool _hasUsage;

    public ScriptedCompletion(Choices choices, bool mayCallTools)
    {
        for (var count = choices.Next(3); count > 0; count--)
        {
            _reasoning.AddRange(choices.Pick(_pieces));
        }

        for (var count = 1 + choices.Next(4); count > 0; count--)
        {
            _text.AddRange(choices.Pick(_pieces));
        }

        for (var count = mayCallTools ? choices.Next(3) : 0; count > 0; count--)
        {
            _calls.Add((choices.Pick("get_weather", "unknown"), choices.Pick(_arguments)));
        }

        _hasUsage = !choices.OneIn(4);
    }

    public string Text => string.Concat(_text);

    public string Reasoning => string.Concat(_reasoning);

    public string Finish => _calls.Count > 0 ? "tool_calls" : "stop";

    /// <summary>Gets whether the completion may be read in another way when reasoning is separated from the text.</summary>
    public bool HasThinkTags => Text.Contains("think>", System.StringComparison.Ordinal);

    /// <summary>Whether a chunk has content or ends the completion: not the role, and not a piece that is empty.</summary>
    public static bool IsContent(string chunk) =>
        !chunk.Contains("\"role\"", System.StringComparison.Ordinal) && !chunk.EndsWith(":\"\"}}]}", System.StringComparison.Ordinal);

    public string ToPlain(string model)
    {
        var reasoning = _reasoning.Count == 0 ? null : $",\"reasoning_content\":{Quote(Reasoning)}";
        var calls = _calls.Count == 0 ? null : $",\"tool_calls\":[{string.Join(',', _calls.Select((call, index) => Call(index, call.Name, string.Concat(call.Arguments))))}]";
        var message = $"{{\"role\":\"assistant\",\"content\":{Quote(Text)}{reasoning}{calls}}}";
        return $"{Head(model)},\"choices\":[{{\"index\":0,\"message\":{message},\"finish_reason\":\"{Finish}\"}}]{(_hasUsage ? Usage : null)}}}";
    }

    public IEnumerable<string> ToChunks(string model)
    {
        var deltas = new List<string> { "\"role\":\"assistant\"" };
        deltas.AddRange(_reasoning.Select(piece => $"\"reasoning_content\":{Quote(piece)}"));
        deltas.AddRange(_text.Select(piece => $"\"content\":{Quote(piece)}"));
        foreach (var (index, (name, arguments)) in _calls.Index())
        {
            deltas.Add($"\"tool_calls\":[{Call(index, name, arguments[0])}]");
            deltas.AddRange(arguments.Skip(1).Select(piece => $"\"tool_calls\":[{{\"index\":{Number(index)},\"function\":{{\"arguments\":{Quote(piece)}}}}}]"));
        }

        var chunks = deltas.Select(delta => $"{Head(model)},\"choices\":[{{\"index\":0,\"delta\":{{{delta}}}}}]}}")
            .Append($"{Head(model)},\"choices\":[{{\"index\":0,\"delta\":{{}},\"finish_reason\":\"{Finish}\"}}]}}");
        return _hasUsage ? chunks.Append($"{Head(model)},\"choices\":[]{Usage}}}") : chunks;
    }

    private const string Usage = ",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}";

    private static string Head(string model) => $"{{\"id\":\"c1\",\"object\":\"chat\",\"created\":1700000000,\"model\":\"{model}\"";

    private static string Call(int index, string name, string arguments) =>
        $"{{\"index\":{Number(index)},\"id\":\"call_{Number(index)}\",\"type\":\"function\",\"function\":{{\"name\":\"{name}\",\"arguments\":{Quote(arguments)}}}}}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Halves of characters are escaped, as they are by gateways that cut between them.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is < ' ' or '"' or '\\' || char.IsSurrogate(character))
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                quoted.Append(character);
            }
        }

        return quoted.Append('"').ToString();
    }
}
