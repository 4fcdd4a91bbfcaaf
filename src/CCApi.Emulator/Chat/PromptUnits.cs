using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>Finds the units of a prompt, as in <c>Convert 5 km to miles</c>.</summary>
internal static partial class PromptUnits
{
    /// <summary>The unit that something is converted to; null without one.</summary>
    public static string? Target(string prompt) => ValueOf(Converted().Match(prompt));

    /// <summary>The unit behind the first number; null without one.</summary>
    public static string? OfNumber(string prompt) => ValueOf(Measured().Match(prompt));

    private static string? ValueOf(Match match) => match.Success ? match.Groups["value"].Value : null;

    [GeneratedRegex(@"\d\s?[\p{L}°%][\p{L}\p{No}°/]{0,20}\s(?:to|in|into|as)\s(?<value>[\p{L}°][\p{L}\p{No}°/]*)")]
    private static partial Regex Converted();

    [GeneratedRegex(@"\d\s?(?<value>[\p{L}°%][\p{L}\p{No}°/]*)")]
    private static partial Regex Measured();
}
