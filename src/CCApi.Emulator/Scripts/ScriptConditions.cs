using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>The conditions that rules of code and of files share.</summary>
internal static class ScriptConditions
{
    private static readonly TimeSpan _patternTimeout = TimeSpan.FromMilliseconds(200);

    public static ScriptCondition Text(string text) =>
        new($"text contains '{text}'", request => Contains(request.LastUserText, text));

    public static ScriptCondition TextPattern(Regex pattern) =>
        new($"text matches /{pattern}/", request => pattern.IsMatch(request.LastUserText));

    public static ScriptCondition Model(string model) =>
        new(
            $"model is '{model}'",
            request => string.Equals(request.Model, model, StringComparison.OrdinalIgnoreCase));

    public static ScriptCondition Tool(string name) =>
        new(
            $"offers the tool '{name}'",
            request => request.ToolNames.Contains(name, StringComparer.OrdinalIgnoreCase));

    public static ScriptCondition ToolResult(string text) =>
        new($"a tool result contains '{text}'", request => request.ToolResults.Any(result => Contains(result, text)));

    public static ScriptCondition Header(string name, string? value)
    {
        if (value is null)
        {
            return new($"has the header {name}", request => request.Headers.ContainsKey(name));
        }

        return new($"header {name} is '{value}'", request => request.Headers.TryGetValue(name, out var actual) && actual == value);
    }

    public static ScriptCondition Stream(bool isStream) =>
        new(isStream ? "asks for a stream" : "does not ask for a stream", request => request.IsStream == isStream);

    /// <summary>Compiles a pattern that cannot run for long.</summary>
    /// <exception cref="ArgumentException">It is not a valid pattern.</exception>
    public static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, _patternTimeout);

    private static bool Contains(string text, string part) =>
        text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
