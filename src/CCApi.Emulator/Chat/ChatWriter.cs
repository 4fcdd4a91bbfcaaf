using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>Writes texts that fit a prompt: the same for the same seed and prompt.</summary>
internal static partial class ChatWriter
{
    private static readonly string[] _openings =
    [
        "Here is a short answer about {0}.",
        "Let us look at this: {0}.",
        "Good question: {0} deserves a clear answer.",
        "In brief, about {0}:",
    ];

    private static readonly string[] _middles =
    [
        "Start with {0}, because everything else follows from it.",
        "What matters most is {0}; keep it simple.",
        "Look at {0} first, then at the rest.",
        "A good first step is to write down what {0} should do.",
    ];

    private static readonly string[] _endings =
    [
        "This text was made by the emulator on your machine.",
        "Ask again with another seed for another answer.",
        "That is all it takes.",
    ];

    private static readonly HashSet<string> _stopWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "about", "after", "also", "answer", "because", "been", "before", "could", "does", "each", "explain", "from", "give",
        "have", "into", "just", "like", "make", "more", "most", "please", "should", "show", "some", "such", "tell", "than",
        "that", "their", "them", "then", "there", "these", "they", "this", "through", "using", "very",
        "want", "were", "what", "when", "where", "which", "while", "will", "with", "would", "write", "your",
    };

    public static string Write(ChatPrompt prompt, int seed)
    {
        if (prompt.ToolResults.Count > 0)
        {
            var results = prompt.ToolResults.Select(result => $"{result.Tool} says: {result.Result}.");
            return $"{string.Join(" ", results)} That answers your question: {prompt.Text}";
        }

        if (Sum(prompt.Text) is { } sum)
        {
            return sum;
        }

        if (Greeting().IsMatch(prompt.Text))
        {
            return "Hello! I am the emulator of CCAPI. How can I help you?";
        }

        var hash = GatewayRequest.Hash(seed, prompt.Text);
        var words = Words(prompt.Text);
        var sentences = new List<string> { Pick(_openings, hash, Topic(prompt.Text)) };
        if (prompt.Images > 0)
        {
            var images = prompt.Images == 1 ? "image" : $"{prompt.Images} images";
            sentences.Add($"I can see the {images} that you sent.");
        }

        sentences.AddRange(words.Skip(1).Take(3).Select((word, index) => Pick(_middles, hash + (uint)index, word)));
        sentences.Add(Pick(_endings, hash, string.Empty));

        return string.Join(' ', sentences);
    }

    /// <summary>What a prompt is about, in a word or two.</summary>
    public static string Topic(string prompt)
    {
        if (string.Join(' ', Words(prompt).Take(2)) is { Length: > 0 } topic)
        {
            return topic;
        }

        return "your question";
    }

    private static string Pick(string[] sentences, uint hash, string word) =>
        string.Format(CultureInfo.InvariantCulture, sentences[hash % (uint)sentences.Length], word);

    private static List<string> Words(string text) =>
        Word().Matches(text)
            .Select(match => match.Value)
            .Where(word => !_stopWords.Contains(word))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(8)
            .ToList();

    private static string? Sum(string prompt)
    {
        var match = Arithmetic().Match(prompt);
        if (!match.Success || !TryNumber(match.Groups[1], out var left) || !TryNumber(match.Groups[3], out var right))
        {
            return null;
        }

        decimal? result = match.Groups[2].Value switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" or "x" or "×" => left * right,
            "/" when right != 0 => left / right,
            _ => null,
        };

        if (result is null)
        {
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{left} {match.Groups[2].Value} {right} = {result:0.######}");
    }

    private static bool TryNumber(Group group, out decimal number) =>
        decimal.TryParse(group.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && Math.Abs(number) < 1_000_000_000;

    [GeneratedRegex(@"\p{L}[\p{L}\p{Nd}'-]{3,}")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![\d.])(\d+(?:\.\d+)?)\s*([-+*/x×])\s*(\d+(?:\.\d+)?)(?![\d.])")]
    private static partial Regex Arithmetic();

    [GeneratedRegex(@"\b(hello|hi|hey|good morning)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();
}
