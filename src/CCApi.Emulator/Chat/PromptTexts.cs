using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>Finds the places, names, codes, quoted texts, addresses and lists of a prompt.</summary>
internal static partial class PromptTexts
{
    /// <summary>Words with a capital because they begin a sentence, not because they belong to a name.</summary>
    private static readonly HashSet<string> _openings = new(StringComparer.OrdinalIgnoreCase)
    {
        "add", "ask", "book", "call", "cancel", "create", "describe", "email", "explain", "find", "for", "from", "get", "give",
        "greet", "hello", "help", "hi", "invite", "is", "list", "mail", "make", "meet", "message", "name", "order", "phone", "plan",
        "please", "remind", "say", "schedule", "search", "send", "show", "tell", "thank", "the", "update", "was", "what", "when", "where",
        "which", "who", "why", "write", "how", "does", "did", "can", "may", "in", "at", "on", "with", "and", "or",
    };

    /// <summary>What stands in quotes of any kind.</summary>
    public static List<PromptValue> QuotedIn(string prompt) => Find(Quoted(), prompt);

    /// <summary>Places: words with a capital behind <c>in</c>, <c>from</c> and the like, and East Asian ones before a particle.</summary>
    public static List<PromptValue> LocationsIn(string prompt) => [.. Find(Location(), prompt), .. Find(EastAsianLocation(), prompt)];

    /// <summary>Codes of two to five capitals, such as those of currencies and airports.</summary>
    public static List<PromptValue> CodesIn(string prompt) => Find(Code(), prompt);

    /// <summary>Names of persons and things: words with a capital.</summary>
    public static List<PromptValue> NamesIn(string prompt) => Find(Capitalized(), prompt).ConvertAll(WithoutOpening);

    /// <summary>The items of the first list: three or more words with commas and a conjunction.</summary>
    public static IReadOnlyList<string> ListedIn(string prompt) =>
        [.. Enumeration().Match(prompt).Groups["item"].Captures.Select(item => item.Value)];

    /// <summary>The first text of a format of JSON schema, other than a date; null without one.</summary>
    public static string? OfFormat(string? format, string prompt)
    {
        var pattern = format switch
        {
            "email" or "idn-email" => Email(),
            "uri" or "iri" or "uri-reference" or "iri-reference" => Link(),
            "uuid" => Uuid(),
            "date-time" => Instant(),
            _ => null,
        };

        if (pattern?.Match(prompt) is { Success: true } match)
        {
            return match.Value;
        }

        return null;
    }

    /// <summary>The word directly after a name, as in <c>for id foo</c>; null without one.</summary>
    /// <param name="words">The words of the name.</param>
    /// <param name="prompt">The prompt.</param>
    public static string? After(IReadOnlyList<string> words, string prompt)
    {
        var name = string.Join(@"[\s_-]?", words.Select(Regex.Escape));
        var pattern = $@"(?<!\p{{L}}){name}s?(?:\s+is|\s*[:=])?\s+([\p{{L}}\p{{Nd}}_.-]*[\p{{L}}\p{{Nd}}])";
        var match = Regex.Match(prompt, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        if (match.Success && !PromptWords.IsFiller(match.Groups[1].Value))
        {
            return match.Groups[1].Value;
        }

        return null;
    }

    private static List<PromptValue> Find(Regex pattern, string text) =>
        [.. pattern.Matches(text).Select(match => match.Groups["value"]).Select(found => new PromptValue(found.Value, found.Index))];

    /// <summary>A name without the word before it that only begins the sentence, as in <c>Describe Jim Beck</c>.</summary>
    private static PromptValue WithoutOpening(PromptValue name)
    {
        var space = name.Text.IndexOf(' ', StringComparison.Ordinal);
        var isOpening = space > 0 && _openings.Contains(name.Text[..space]);
        if (isOpening)
        {
            return new PromptValue(name.Text[(space + 1)..], name.Index + space + 1);
        }

        return name;
    }

    [GeneratedRegex("[\"«“「『](?<value>[^\"»”」』]{1,80})[\"»”」』]|(?<!\\p{L})'(?<value>[^']{1,80})'(?!\\p{L})")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?:in|at|for|of|to|from)\s+(?<value>\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*)")]
    private static partial Regex Location();

    // Before a particle, as in "Tokyo no", and behind the words for a day or a request.
    [GeneratedRegex(
        "(?:今天|明天|后天|现在|请问|請問|今日|明日|現在|在)?"
        + "(?<value>[\u4E00-\u9FFF々-[的]]{2,6}|[\u30A1-\u30FF]{2,20}"
        + "|(?<![\uAC00-\uD7A3])(?:(?!에서|까지|의)[\uAC00-\uD7A3]){2,6})(?=[のへ的]|에서|까지|의)")]
    private static partial Regex EastAsianLocation();

    // A single word counts only within a sentence: at its beginning, every word has a capital.
    [GeneratedRegex(@"(?<![\p{L}\p{Nd}_-])(?<value>\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)+|(?<![.!?]\s+|^\s*)\p{Lu}\p{Ll}+)(?![\p{L}\p{Nd}_])")]
    private static partial Regex Capitalized();

    // Begins at a word and has an end, so that a long text takes time by its length.
    [GeneratedRegex(
        @"(?<![\p{L}\p{Nd}-])(?:(?:(?<item>(?>[\p{L}\p{Nd}-]+)),\s+){2,32}(?:and|or)\s+(?<item>[\p{L}\p{Nd}-]+)|"
        + @"(?:(?<item>(?>[\p{L}\p{Nd}-]+)),\s+){1,32}(?<item>(?>[\p{L}\p{Nd}-]+))\s+(?:and|or)\s+(?<item>[\p{L}\p{Nd}-]+))")]
    private static partial Regex Enumeration();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])(?<value>\p{Lu}{2,5})(?![\p{L}\p{Nd}])")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex Email();

    [GeneratedRegex(@"https?://[^\s""'<>]*[\w/]")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"(?<!\d)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})(?!\d)")]
    private static partial Regex Instant();
}
