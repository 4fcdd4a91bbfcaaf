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
    // Words that others chose: members of the wire, names of the platform, a fixed parameter, and what the emulated model says.
    private static readonly (string File, string Word)[] _exempt =
    [
        ("src/CCApi.Sdk/Images/ImageJob.cs", "answer"),
        ("src/CCApi.Emulator/Chat/ChatChoice.cs", "answer"),
        ("src/CCApi.Emulator/Chat/ChatWriter.cs", "answer"),
        ("src/CCApi.Emulator/Chat/ChatWriter.cs", "answers"),
        ("src/CCApi.Emulator/Chat/PromptSchema.cs", "answer"),
        ("tests/CCApi.Emulator.Tests/Chat/ChatPromptTests.cs", "answer"),
        ("tests/CCApi.Emulator.Tests/Chat/PromptSchemaTests.cs", "answer"),
        ("tests/CCApi.Emulator.Tests/Chat/ToolsAndTypesTests.cs", "answers"),
        ("tests/CCApi.Emulator.Tests/Speech/SpeechOperationTests.cs", "letters"),
        ("tests/CCApi.Emulator.Tests/Support/Body.cs", "answer"),
        ("tests/CCApi.Sdk.Extensions.AI.Tests/Chat/RequestWriterTests.cs", "answer"),
        ("tests/CCApi.Sdk.FaultTests/FaultTable.cs", "refused"),
        ("tests/CCApi.Sdk.FaultTests/Support/UnreachableServer.cs", "refused"),
        ("tests/CCApi.Sdk.Tests/Images/ImageJobTests.cs", "answer"),
        ("tests/CCApi.Sdk.Tests/Images/ImageJobTests.cs", "refused"),
        ("tests/CCApi.Sdk.Tests/Images/ImagesClientTests.cs", "refused"),
    ];

    // The two files that have to contain the words.
    private static readonly string[] _exemptFiles = ["tests/CCApi.Sdk.ArchitectureTests/GlossaryTests.cs", "tests/CCApi.Sdk.Measure/Words.cs"];

    public static IReadOnlyList<WordUse> In(string folder)
    {
        var uses = new List<WordUse>();
        var files = SourceProject.FilesIn(Path.Combine(SourceProject.Root, folder));
        foreach (var file in files.Where(file => !_exemptFiles.Contains(Path.GetRelativePath(SourceProject.Root, file))))
        {
            var path = Path.GetRelativePath(SourceProject.Root, file);
            var lines = File.ReadAllLines(file);
            for (var number = 0; number < lines.Length; number++)
            {
                // Parts of names count as words too: SpeechAnswer, hasAnswered.
                var text = HumpPattern().Replace(ForeignPattern().Replace(lines[number], ""), " $1");
                var words = GlossaryPattern().Matches(text).Select(match => match.Value.ToLowerInvariant());
                uses.AddRange(words.Where(word => !_exempt.Contains((path, word))).Select(word => new WordUse(path, number + 1, word)));
            }
        }

        return uses;
    }

    public static IEnumerable<(string Word, int Count)> Count(IEnumerable<WordUse> uses) =>
        uses.GroupBy(use => use.Word).Select(group => (group.Key, group.Count())).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.Key, StringComparer.Ordinal);

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex HumpPattern();

    /// <summary>The refusal of a model, a member of the wire, and what the platform calls its errors and characters.</summary>
    [GeneratedRegex(@"\w*[Rr]efusals?\b|RefusalCode|StructuredOutputError\.Refused|[Cc]onnection ?[Rr]efused|Is(Ascii)?Letter\w*|\\p\{Letter\}|^\s*Refused,")]
    private static partial Regex ForeignPattern();

    [GeneratedRegex(
        @"\b(answers?|answered|answering|refus(e|es|ed|al|als|ing)|mend(s|ed|ing)?|whoever|tells? apart|letters?|thoughts|tells|told|dice|wish|wishes|disguises?|(?<!there )is no|(?<!there )are no|by hand|paid twice|the books|come back|comes back|comes whole|came whole|broken off|cut off|be had|none of ours)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex GlossaryPattern();
}
