using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>Recognizes the tools that compute what a prompt says in other words: <c>AddNumbers</c> for <c>5 plus 2</c>.</summary>
internal static partial class ArithmeticTools
{
    private static readonly (string Signs, IReadOnlyList<string> Prompt, IReadOnlyList<string> Names)[] _operations =
    [
        ("+", NameWords.Of("add plus sum total addition"), NameWords.Of("add plus sum addition")),
        ("-−–", NameWords.Of("subtract minus difference subtraction"), NameWords.Of("subtract minus difference subtraction sub")),
        ("*×·", NameWords.Of("multiply multiplied times product"), NameWords.Of("multiply times product multiplication mul")),
        ("/÷", NameWords.Of("divide divided quotient division"), NameWords.Of("divide quotient division div")),
    ];

    /// <summary>The words in names of tools for the operations that a prompt wants with its numbers; none without two numbers.</summary>
    public static IReadOnlySet<string> WordsFor(PromptValues prompt)
    {
        if (prompt.NumberCount < 2)
        {
            return new HashSet<string>();
        }

        var signs = Sign().Matches(prompt.Prompt).Select(match => match.Groups["sign"].Value).ToList();

        return _operations
            .Where(operation =>
                operation.Prompt.Any(prompt.Words.Contains)
                || signs.Exists(sign => operation.Signs.Contains(sign, StringComparison.Ordinal)))
            .SelectMany(operation => operation.Names)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a tool takes two numbers or more, as separate parameters or as a list.</summary>
    public static bool TakesNumbers(JsonObject tool)
    {
        var parameters = (tool["parameters"] as JsonObject)?["properties"] as JsonObject;
        var schemas = parameters?.Select(parameter => parameter.Value).OfType<JsonObject>().ToList() ?? [];

        return schemas.Count(IsNumber) >= 2 || schemas.Exists(schema => schema["items"] is JsonObject items && IsNumber(items));
    }

    private static bool IsNumber(JsonObject schema)
    {
        var types = schema.TextsOf("type").Append(schema.Text("type"));

        return types.Any(type => type is "number" or "integer");
    }

    [GeneratedRegex(@"\d\s*(?<sign>[-+*/\u00D7\u00F7\u00B7\u2212\u2013])\s*-?\d")]
    private static partial Regex Sign();
}
