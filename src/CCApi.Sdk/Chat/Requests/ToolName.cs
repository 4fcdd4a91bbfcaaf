using System;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>Which names a tool may have (inferred from the OpenAI API, which most models follow).</summary>
internal static class ToolName
{
    public const int MaxLength = 64;

    public static string Check(string? name, string parameterName)
    {
        var text = Require.Text(name, parameterName);
        if (IsValid(text))
        {
            return text;
        }

        throw new ArgumentException(
            $"'{text}' is not a valid name for a tool: use a to z, A to Z, digits, '_' and '-', "
            + $"at most {MaxLength} characters.",
            parameterName);
    }

    /// <summary>The name itself when it is valid; else each character that is not allowed becomes <c>_</c>.</summary>
    /// <param name="name">Any text.</param>
    /// <param name="fallback">Used when nothing of the name remains.</param>
    public static string Clean(string? name, string fallback)
    {
        if (name is not null && IsValid(name))
        {
            return name;
        }

        var allowed = (name ?? string.Empty)
            .Take(MaxLength)
            .Select(character => IsAllowed(character) ? character : '_');
        var clean = new string([.. allowed]).Trim('_');

        return clean.Length == 0 ? fallback : clean;
    }

    private static bool IsValid(string name) => name.Length is > 0 and <= MaxLength && name.All(IsAllowed);

    private static bool IsAllowed(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-';
}
