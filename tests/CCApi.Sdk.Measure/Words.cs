using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace CCApi.Sdk.Measure;

/// <summary>A line that has a word which the glossary of CONTRIBUTING.md replaces.</summary>
/// <param name="File">The file, below the repository.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Word">The word.</param>
internal sealed record WordUse(string File, int Line, string Word)
{
    public override string ToString() => $"{File}({Line}): {Word}";
}

/// <summary>Finds the words that the glossary replaces, in code, comments and messages.</summary>
internal static partial class Words
{
    public static IReadOnlyList<WordUse> In(string folder)
    {
        var uses = new List<WordUse>();
        foreach (var file in SourceProject.FilesIn(Path.Combine(SourceProject.Root, folder)))
        {
            var lines = File.ReadAllLines(file);
            for (var number = 0; number < lines.Length; number++)
            {
                // Parts of names count as words too: SpeechAnswer, hasAnswered.
                var text = HumpPattern().Replace(lines[number], " $1");
                uses.AddRange(GlossaryPattern().Matches(text).Select(match => new WordUse(
                    Path.GetRelativePath(SourceProject.Root, file), number + 1, match.Value.ToLowerInvariant())));
            }
        }

        return uses;
    }

    public static IEnumerable<(string Word, int Count)> Count(IEnumerable<WordUse> uses) =>
        uses.GroupBy(use => use.Word).Select(group => (group.Key, group.Count())).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.Key, StringComparer.Ordinal);

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex HumpPattern();

    [GeneratedRegex(
        @"\b(answers?|answered|answering|refus(e|es|ed|al|als|ing)|mend(s|ed|ing)?|whoever|letters?|thoughts|tells|told|dice|wish|wishes|disguises?|(?<!there )is no|(?<!there )are no|by hand|paid twice|the books|come back|comes back|comes whole|came whole|broken off|cut off|be had|none of ours)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex GlossaryPattern();
}
