using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>The rules of a script that is written as JSON.</summary>
/// <param name="Rules">The rules in their order.</param>
/// <param name="IsStrict">Whether unexpected requests fail; null when the file does not say.</param>
/// <param name="Bytes">How long the JSON is.</param>
internal sealed record ScriptFile(IReadOnlyList<ScriptRule> Rules, bool? IsStrict, long Bytes)
{
    /// <summary>How many bytes of JSON a script has at most, in all that were added.</summary>
    public const long MaxBytes = 128L * 1024 * 1024;

    /// <summary>How many rules a file, and a script, has at most.</summary>
    public const int MaxRules = 10_000;

    private static readonly Dictionary<string, ScriptRoute> _operations = new(StringComparer.Ordinal)
    {
        ["chat"] = ScriptRoute.Chat,
        ["speech"] = ScriptRoute.Speech,
        ["image"] = ScriptRoute.Images,
        ["job"] = ScriptRoute.Jobs,
        ["models"] = ScriptRoute.Models,
    };

    /// <summary>Reads a script.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="name">How errors name it.</param>
    /// <param name="folder">The folder of the files that it refers to.</param>
    /// <exception cref="EmulatorScriptException">It is not a valid script.</exception>
    public static ScriptFile Parse(byte[] json, string name, string folder)
    {
        var root = ScriptNode.Parse(json, name);
        root.CheckMembers("$schema", "strict", "rules");
        if (!root.Has("rules"))
        {
            throw root.Error("must have a list 'rules'");
        }

        var rules = root.Items("rules");
        if (rules.Count > MaxRules)
        {
            throw root.Member("rules")!.Value.Error(FormattableString.Invariant($"must have at most {MaxRules} rules"));
        }

        return new ScriptFile([.. rules.Select(rule => Rule(rule, folder))], root.Boolean("strict"), json.Length);
    }

    private static ScriptRule Rule(ScriptNode node, string folder)
    {
        node.CheckMembers("name", "when", "times", "then");
        var (operation, route) = Route(node.Member("when"));

        var rule = new ScriptRule
        {
            Operation = operation,
            Route = route,
            Name = node.Text("name"),
            Times = node.Integer("times", 1, int.MaxValue),
        };

        if (node.Member("when") is { } when)
        {
            rule.Nth = when.Integer("nth", 1, int.MaxValue);
            rule.Conditions.AddRange(Conditions(when));
        }

        var steps = node.Items("then");
        if (steps.Count == 0)
        {
            throw node.Error("must have 'then': a response, or a list of responses");
        }

        rule.Steps.AddRange(steps.Select(step => ScriptStepReader.Read(step, route, folder)));

        return rule;
    }

    private static (string Operation, ScriptRoute Route) Route(ScriptNode? node)
    {
        if (node is not { } when)
        {
            return ("chat", ScriptRoute.Chat);
        }

        when.CheckMembers(
            "operation",
            "method",
            "path",
            "model",
            "text",
            "text_pattern",
            "tool",
            "tool_result",
            "stream",
            "headers",
            "nth");

        if (when.Text("path") is { } path)
        {
            var method = when.Text("method");
            Check(when, path, method);
            return ($"{method ?? "any"} {path}", new ScriptRoute(method, path.StartsWith('/') ? path : $"/{path}"));
        }

        if (when.Member("method") is { } alone)
        {
            throw alone.Error("needs a path");
        }

        var operation = when.Text("operation") ?? "chat";
        if (_operations.TryGetValue(operation, out var route))
        {
            return (operation, route);
        }

        throw when.Member("operation")!.Value.Error($"must be one of {string.Join(", ", _operations.Keys)}, or 'path' must be given");
    }

    private static void Check(ScriptNode when, string path, string? method)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw when.Member("path")!.Value.Error("must not be empty");
        }

        if (when.Member("operation") is { } operation)
        {
            throw operation.Error("must not be given beside a path");
        }

        if (method is not null && !HeaderText.IsName(method))
        {
            throw when.Member("method")!.Value.Error("is not an HTTP method, such as POST");
        }
    }

    private static IEnumerable<ScriptCondition> Conditions(ScriptNode when)
    {
        if (when.Text("text") is { } text)
        {
            yield return ScriptConditions.Text(text);
        }

        if (when.Member("text_pattern") is { } pattern)
        {
            yield return Pattern(pattern);
        }

        if (when.Text("model") is { } model)
        {
            yield return ScriptConditions.Model(model);
        }

        if (when.Text("tool") is { } tool)
        {
            yield return ScriptConditions.Tool(tool);
        }

        if (when.Text("tool_result") is { } result)
        {
            yield return ScriptConditions.ToolResult(result);
        }

        if (when.Boolean("stream") is { } isStream)
        {
            yield return ScriptConditions.Stream(isStream);
        }

        foreach (var (name, value) in when.Member("headers")?.Members() ?? [])
        {
            if (!HeaderText.IsName(name))
            {
                throw value.Error("is not the name of a header");
            }

            yield return ScriptConditions.Header(name, value.AsText());
        }
    }

    private static ScriptCondition Pattern(ScriptNode node)
    {
        try
        {
            return ScriptConditions.TextPattern(ScriptConditions.Pattern(node.AsText()));
        }
        catch (ArgumentException exception)
        {
            throw node.Error($"is not a regular expression: {exception.Message.TrimEnd('.')}", exception);
        }
    }
}
