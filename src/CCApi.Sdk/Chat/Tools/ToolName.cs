using System;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>What a tool may be called (inferred from the OpenAI API, which most models follow).</summary>
internal static class ToolName
{
    public const int MaxLength = 64;

    public static string Check(string? name, string parameterName)
    {
        var text = Require.Text(name, parameterName);
        return text.Length <= MaxLength && text.All(IsAllowed)
            ? text
            : throw new ArgumentException($"'{text}' is no name for a tool: use the letters a to z and A to Z, digits, '_' and '-', at most {MaxLength} of them.", parameterName);
    }

    public static bool IsAllowed(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-';
}
