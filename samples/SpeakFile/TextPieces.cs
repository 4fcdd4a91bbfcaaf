using System.Text.RegularExpressions;

namespace SpeakFile;

/// <summary>Cuts a long text where a reader would take a breath.</summary>
internal static partial class TextPieces
{
    private const int Least = 50;

    /// <summary>No limit is documented; many gateways of this kind have this one.</summary>
    public const int Most = 4096;

    /// <summary>Pieces of at most so many characters, in order. White space around them is dropped, and nothing else.</summary>
    /// <exception cref="ArgumentException">They would be too short to be spoken well.</exception>
    public static IReadOnlyList<string> Split(string text, int most)
    {
        if (most < Least)
        {
            throw new ArgumentException(
                $"Pieces of {most} characters are too short to be spoken well: give --piece {Least} or more.");
        }

        var pieces = new List<string>();
        var rest = text.Trim();

        while (rest.Length > most)
        {
            var end = End(rest, most);
            pieces.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }

        if (rest.Length > 0)
        {
            pieces.Add(rest);
        }

        return pieces;
    }

    /// <summary>
    /// Where the first piece ends: at the last paragraph unless that leaves it short, else at the last sentence, else at the last
    /// word.
    /// </summary>
    private static int End(string text, int most)
    {
        // One more, because the white space after the last sentence that fits need not fit.
        var head = text[..(most + 1)];
        var paragraph = Last(Paragraphs(), head);
        if (paragraph > most / 2)
        {
            return paragraph;
        }

        int[] ends = [Last(Sentences(), head), paragraph, Last(Words(), head)];
        return ends.FirstOrDefault(end => end > 0) is var end and > 0 ? end : char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
    }

    private static int Last(Regex breaks, string head) =>
        breaks.Matches(head).LastOrDefault(match => match.Index < head.Length)?.Index ?? 0;

    [GeneratedRegex(@"(?<=\S)\s*\n\s*\n")]
    private static partial Regex Paragraphs();

    // A full stop with what closes after it and a space; the full stops of Chinese and Japanese stand alone.
    [GeneratedRegex(@"(?<=[.!?…][""'”’)\]]*)\s|(?<=[。！？][」』”’）]*)(?![」』”’）。！？])")]
    private static partial Regex Sentences();

    [GeneratedRegex(@"\s")]
    private static partial Regex Words();
}
