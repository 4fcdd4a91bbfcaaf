using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CCApi.Docs.Tests.Support;

/// <summary>The C# blocks of a Markdown file, and the regions of the test sources that they are copies of.</summary>
internal static class Guide
{
    /// <summary>Every Markdown file of the repository but the changelog, which names what is gone, relative to its root.</summary>
    public static IEnumerable<string> All => FilesBelow(Repository.Root)
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => file != "CHANGELOG.md")
        .Order(StringComparer.Ordinal);

    public static string Read(string guide) => File.ReadAllText(Path.Combine(Repository.Root, guide)).ReplaceLineEndings("\n");

    /// <summary>The code of each block, without the usings at its start.</summary>
    public static IReadOnlyList<string> Blocks(string guide) =>
        [.. Read(guide).Split("```csharp\n").Skip(1).Select(block => WithoutUsings(block.Split("\n```")[0]))];

    /// <summary>What follows the marks at the starts of blocks: the language, or nothing.</summary>
    public static IReadOnlyList<string> Languages(string guide) =>
        [.. Read(guide).Split('\n').Select(line => line.Trim()).Where(IsFence).Where((_, index) => index % 2 == 0).Select(line => line.TrimStart('`', '~'))];

    /// <summary>The code within the text: what stands between single backticks, outside of blocks.</summary>
    public static IEnumerable<string> Spans(string guide)
    {
        var isCode = false;
        foreach (var line in Read(guide).Split('\n'))
        {
            if (IsFence(line.Trim()))
            {
                isCode = !isCode;
                continue;
            }

            foreach (var span in isCode ? [] : line.Split('`').Where((_, index) => index % 2 == 1))
            {
                yield return span;
            }
        }
    }

    /// <summary>
    /// Every region of the files below the folders Snippets, the regions of one name in one file together, and the samples and the programs of the Aspire tests without
    /// their usings.
    /// </summary>
    public static IReadOnlySet<string> Regions() => Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests"))
        .Select(project => Path.Combine(project, "Snippets"))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs"))
        .SelectMany(RegionsOf)
        .Concat(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "samples"))
            .Concat(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests"), "CCApi.Aspire.*"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs"))
            .Select(sample => WithoutUsings(File.ReadAllText(sample).ReplaceLineEndings("\n").TrimEnd())))
        .ToHashSet(StringComparer.Ordinal);

    private static bool IsFence(string line) => line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal);

    private static IEnumerable<string> FilesBelow(string folder) => Directory.EnumerateFiles(folder, "*.md")
        .Concat(Directory.EnumerateDirectories(folder).Where(HasSources).SelectMany(FilesBelow));

    private static bool HasSources(string folder) =>
        Path.GetFileName(folder) is not (['.', ..] or "artifacts" or "bin" or "node_modules" or "obj" or "packages" or "TestResults");

    private static IEnumerable<string> RegionsOf(string file)
    {
        var regions = new List<(string Name, string Code)>();
        var lines = File.ReadAllLines(file);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].Trim().StartsWith("#region ", StringComparison.Ordinal))
            {
                continue;
            }

            var indent = lines[i].IndexOf('#', StringComparison.Ordinal);
            var code = lines.Skip(i + 1).TakeWhile(line => line.Trim() != "#endregion").Select(line => line.Length == 0 ? line : line[indent..]);
            regions.Add((lines[i].Trim(), string.Join('\n', code)));
        }

        var joined = regions.GroupBy(region => region.Name).Select(group => string.Join("\n\n", group.Select(region => region.Code)));

        return regions.Select(region => region.Code).Concat(joined);
    }

    private static string WithoutUsings(string block)
    {
        var code = block.Split('\n').SkipWhile(line => line.Length == 0 || IsUsing(line));
        return string.Join('\n', code);
    }

    private static bool IsUsing(string line) =>
        line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal);
}
