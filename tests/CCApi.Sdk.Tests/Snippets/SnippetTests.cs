using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Snippets;

/// <summary>The code of the readmes is code that was compiled: each block is the README regions of one file in this folder.</summary>
public class SnippetTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "tests", "CCApi.Sdk.Tests", "Snippets");

    /// <summary>A readme, and the files whose regions are its blocks, in their order.</summary>
    public static TheoryData<string, string> Readmes => new()
    {
        { "README.md", "ConsoleProgram.cs ChatSnippet.cs ToolsBriefSnippet.cs SpeechSnippet.cs ErrorSnippet.cs ../../CCApi.Emulator.Tests/Snippets/EmulatorSnippet.cs" },
        { "docs/catalog.md", "CatalogSnippet.cs OfflineCatalogSnippet.cs" },
        { "docs/chat.md", "LiveChatSnippet.cs" },
        { "docs/costs.md", "CostSnippet.cs" },
        { "docs/failover.md", "FailoverSnippet.cs" },
        { "docs/media.md", "SpeechSnippet.cs ImageSnippet.cs" },
        { "docs/tools.md", "ToolsSnippet.cs" },
        { "docs/types.md", "LenientTypes.cs" },
        { "src/CCApi.Sdk/README.md", "ConsoleProgram.cs" },
        { "src/CCApi.Sdk/SKILL.md", "ConsoleProgram.cs ChatSnippet.cs ToolsSnippet.cs SpeechSnippet.cs ImageSnippet.cs HostedProgram.cs ErrorSnippet.cs ../../CCApi.Emulator.Tests/Snippets/EmulatorSnippet.cs" },
        { "docs/any-endpoint.md", "../../CCApi.Emulator.Tests/Snippets/EmbeddingsSnippet.cs ../../CCApi.Emulator.Tests/Snippets/TranscriptionSnippet.cs ../../CCApi.Emulator.Tests/Snippets/VideoSnippet.cs" },
        { "src/CCApi.Sdk.AspNetCore/README.md", "../../CCApi.Sdk.AspNetCore.Tests/Snippets/WebhookProgram.cs" },
        { "src/CCApi.Sdk.Extensions.AI/README.md", "../../CCApi.Sdk.Extensions.AI.Tests/Snippets/ExtensionsSnippet.cs" },
    };

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Blocks_OfAReadme_AreTheSnippets(string readme, string files)
    {
        var blocks = Blocks(File.ReadAllLines(Path.Combine(Repository.Root, readme)));

        Assert.Equal(files.Split(' ').Select(file => string.Join("\n\n", Regions(Source(file)))), blocks.Select(block => WithoutUsings(block)));
    }

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Usings_OfAReadme_AreThoseOfTheSnippets(string readme, string files)
    {
        var blocks = Blocks(File.ReadAllLines(Path.Combine(Repository.Root, readme)));

        foreach (var (file, block) in files.Split(' ').Zip(blocks, (file, block) => (file, block)))
        {
            var known = Source(file).Append("using CCApi.Sdk;");
            Assert.Empty(block.Where(IsUsing).Except(known));
        }
    }

    private static string[] Source(string file) => File.ReadAllLines(Path.Combine(_folder, file));

    private static List<string[]> Blocks(string[] lines)
    {
        var blocks = new List<string[]>();
        for (var start = Array.IndexOf(lines, "```csharp"); start >= 0; start = Array.IndexOf(lines, "```csharp", start))
        {
            var end = Array.IndexOf(lines, "```", start);
            blocks.Add([.. lines.Skip(start + 1).Take(end - start - 1)]);
            start = end;
        }

        return blocks;
    }

    private static string WithoutUsings(string[] block) => string.Join("\n", block.SkipWhile(line => IsUsing(line) || line.Length == 0));

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && line[line.Length - 1] == ';' && !line.Contains('=');

    /// <summary>The lines of every region, moved to the left.</summary>
    private static IEnumerable<string> Regions(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() != "#region README")
            {
                continue;
            }

            var indent = lines[i].IndexOf('#');
            yield return string.Join("\n", lines.Skip(i + 1).TakeWhile(line => line.Trim() != "#endregion").Select(line => line.Length == 0 ? line : line.Substring(indent)));
        }
    }
}
