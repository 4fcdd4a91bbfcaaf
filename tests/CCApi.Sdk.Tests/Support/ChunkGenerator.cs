using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.Tests.Support;

/// <summary>
/// Random chunks: mostly what gateways send, and now and then a member that is missing, doubled, out of order, of another type, or spelled with escapes and white
/// space. None of them says that something failed.
/// </summary>
internal sealed class ChunkGenerator
{
    private static readonly string[] _odd =
    [
        "null", "\"\"", "{}", "[]", "true", "false", "0", "-1", "1.5", "1e3", "1e999", "9223372036854775808", "\"12\"", "\"x\"", "[null]", "[[]]", "[{}]", "{\"a\":1}", "[\"a\",{\"b\":2}]", "\"\\ud83d\"",
    ];

    private static readonly string[] _texts =
        ["", "a", "One, ", "ü", "\U0001F600", "\\ud83d", "\\ude00", "\\ud83d\\ude00", "\\u0000", "\\n\\t\\\"\\\\\\/", "\\u00fc", "data: x", "[DONE]", "\u2028", "{\\\"x\\\":", "1}", "0123456789012345678901234567890123456789"];

    private readonly Random _random;
    private readonly bool _isOdd;

    /// <param name="random">What decides.</param>
    /// <param name="isOdd">Whether odd shapes are among them.</param>
    public ChunkGenerator(Random random, bool isOdd)
    {
        _random = random;
        _isOdd = isOdd;
    }

    public string Chunk() => Object(
        ("id", () => Text()),
        ("object", () => "\"chat.completion.chunk\""),
        ("created", () => Number()),
        ("model", () => Pick("\"m\"", "\"n\"")),
        ("provider", () => Text()),
        ("choices", () => Array(Choice, 0, 3)),
        ("usage", () => Pick("null", Usage())),
        ("system_fingerprint", () => Text()),
        ("service_tier", () => Pick("null", "\"default\"")));

    private string Choice() => Object(
        ("index", () => Pick("0", "0", "0", "1", "null")),
        ("delta", Delta),
        ("message", () => _random.Next(8) == 0 ? Delta() : "null"),
        ("finish_reason", () => Pick("null", "null", "null", "\"\"", "\"stop\"", "\"tool_calls\"")),
        ("native_finish_reason", () => Pick("null", "\"end\"")),
        ("logprobs", () => Pick("null", "null", Object(("content", () => Array(Token, 0, 2)), ("refusal", () => "null")))),
        ("usage", () => Pick("null", Usage())));

    private string Delta() => Object(
        ("role", () => Pick("\"assistant\"", "\"\"", "null")),
        ("content", () => Pick("null", Text(), Text(), Text(), Array(Part, 0, 3))),
        ("refusal", () => Pick("null", Text())),
        ("reasoning_content", () => Pick("null", Text())),
        ("reasoning", () => Pick("null", Text())),
        ("reasoning_details", () => Pick("null", Array(() => Object(("type", Text), ("text", Text), ("index", Number)), 0, 2))),
        ("tool_calls", () => Pick("null", Array(Call, 0, 3))),
        ("function_call", () => Object(("name", Text), ("arguments", Text))));

    private string Call() => Object(
        ("index", () => Pick("0", "1", "null")),
        ("id", () => Pick("null", "\"\"", "\"a\"", "\"b\"")),
        ("type", () => "\"function\""),
        ("function", () => Object(("name", () => Pick("null", "\"\"", "\"f\"", "\"g\"")), ("arguments", () => Pick("null", Text(), Text(), "{\"x\":1}")))));

    private string Part() => Object(
        ("type", () => Pick("\"text\"", "\"thinking\"", "\"image_url\"")),
        ("text", Text),
        ("thinking", () => Pick("null", Text(), Array(() => Object(("type", () => "\"text\""), ("text", Text)), 0, 2))),
        ("image_url", () => Pick("null", "{\"url\":\"u\"}")));

    private string Token() => Object(("token", Text), ("logprob", () => "-0.5"), ("bytes", () => "[97]"), ("top_logprobs", () => "[]"));

    private string Usage() => Object(("prompt_tokens", Number), ("completion_tokens", Number), ("total_tokens", Number), ("cost", () => "0.25"), ("completion_tokens_details", () => Object(("reasoning_tokens", Number))));

    private string Text() => $"\"{string.Concat(Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(_texts)))}\"";

    private string Number() => Pick("0", "7", "1793701778");

    private string Array(Func<string> item, int least, int most) => $"[{string.Join($"{Space()},{Space()}", Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => item()))}]";

    private string Object(params (string Name, Func<string> Value)[] members)
    {
        var written = new List<string>();
        foreach (var (name, value) in members)
        {
            if (_random.Next(3) > 0)
            {
                written.Add($"{Name(name)}{Space()}:{Space()}{(IsOdd(24) ? Pick(_odd) : value())}");
            }

            if (IsOdd(60))
            {
                written.Add($"{Name(name)}:{Pick(_odd)}");
            }

            if (IsOdd(40))
            {
                written.Add($"\"x_{Pick(_texts)}\":{Pick(_odd)}");
            }
        }

        if (IsOdd(10))
        {
            written.Reverse();
        }

        return $"{{{Space()}{string.Join($"{Space()},", written)}{Space()}}}";
    }

    private string Name(string name) => IsOdd(60) ? $"\"\\u{(int)name[0]:x4}{name.Substring(1)}\"" : $"\"{name}\"";

    private string Space() => IsOdd(30) ? Pick(" ", "\t", "  ") : string.Empty;

    private bool IsOdd(int outOf) => _isOdd && _random.Next(outOf) == 0;

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
