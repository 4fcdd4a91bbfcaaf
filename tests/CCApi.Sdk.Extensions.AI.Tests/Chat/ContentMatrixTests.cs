using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Chat;

/// <summary>
/// The table in docs/extensions-ai.md of each type of content, each direction, plain and streamed: its cells name the rows of
/// <see cref="ContentTableTests"/> that have it, or another test.
/// </summary>
public sealed class ContentMatrixTests(ITestOutputHelper output)
{
    private const string None = "-";

    private static readonly string[] _columns =
        ["sent, plain and streamed", "rejected, plain and streamed", "received, plain", "received, streamed"];

    /// <summary>What is not a row of the table of contents: the usage is not part of a message.</summary>
    private static readonly Dictionary<(string Type, string Column), string> _others = new()
    {
        [(nameof(UsageContent), "received, plain")] = $"`{nameof(ResponseReaderTests)}.{nameof(ResponseReaderTests.Read_OfAResponse_HasWhatItSaysAboutItself)}`",
        [(nameof(UsageContent), "received, streamed")] = $"`{nameof(StreamUpdatesTests)}.{nameof(StreamUpdatesTests.ReadEnd_OfAStreamWithUsageInSeveralChunks_HasOneUsageContent)}`",
    };

    [Fact]
    public void Table_OfTheDocument_IsThatOfTheTests()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs/extensions-ai.md")).ReplaceLineEndings("\n");
        var table = Table();

        output.WriteLine(table);
        Assert.True(document.Contains(table, StringComparison.Ordinal), $"docs/extensions-ai.md does not have this table:\n{table}");
    }

    [Fact]
    public void Types_OfMicrosoftExtensionsAI_AreEachSentReceivedOrRejected()
    {
        Assert.DoesNotContain(Types(), type => _columns.All(column => Cell(type, column) == None));
    }

    private static string Table()
    {
        var lines = new List<string>
        {
            $"| type | {string.Join(" | ", _columns)} |",
            $"| --- |{string.Concat(_columns.Select(_ => " --- |"))}",
        };
        lines.AddRange(Types().Select(type => $"| `{type}` | {string.Join(" | ", _columns.Select(column => Cell(type, column)))} |"));
        return string.Join("\n", lines);
    }

    /// <summary>The types of content that a program can create.</summary>
    private static IEnumerable<string> Types() => typeof(AIContent).Assembly.GetExportedTypes()
        .Where(type => typeof(AIContent).IsAssignableFrom(type) && type.GetConstructors().Length > 0)
        .Select(type => type.Name)
        .Order(StringComparer.Ordinal);

    private static string Cell(string type, string column)
    {
        if (_others.TryGetValue((type, column), out var other))
        {
            return other;
        }

        var rows = Rows(column).Where(row => row.Types.Contains(type)).Select(row => row.Name).Distinct().ToArray();
        return rows.Length > 0 ? string.Join(", ", rows) : None;
    }

    private static IEnumerable<(string Name, IEnumerable<string> Types)> Rows(string column) => column switch
    {
        "sent, plain and streamed" =>
        [
            .. ContentTableTests.Sent.Select(row => (row.Data.Item1, Names(row.Data.Item2))),
            .. ContentTableTests.SentByAssistant.Select(row => (row.Data.Item1, Names(row.Data.Item2))),
            .. ContentTableTests.SentByTool.Select(row => (row.Data.Item1, Names([row.Data.Item2]))),
        ],
        "rejected, plain and streamed" => ContentTableTests.Rejected.Select(row => (row.Data.Item1, Names([row.Data.Item3]))),
        _ => ContentTableTests.Received.Select(row => (row.Data.Item1, Received(row.Data.Item3))),
    };

    private static IEnumerable<string> Names(IEnumerable<AIContent> contents) => contents.Select(content => content.GetType().Name);

    private static IEnumerable<string> Received(string contents) => JsonNode.Parse(contents)!.AsArray().Select(content => content!["$type"]?.GetValue<string>() switch
    {
        null => nameof(AIContent),
        "reasoning" => nameof(TextReasoningContent),
        var name => Regex.Replace(name, "^.", first => first.Value.ToUpperInvariant()) + "Content",
    });
}
