using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

/// <summary>Every member of every example deleted, nulled, emptied, retyped, renamed and doubled: nothing throws and nothing else is lost.</summary>
public class MutationTests
{
    public static TheoryData<string> Files => Example.Rows();

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_OfAMutatedExample_GivesAnObjectAndKeepsTheRest(string file)
    {
        var problems = new List<string>();

        foreach (var document in Example.Load(file).Documents)
        {
            foreach (var mutation in Mutation.All(document.Json))
            {
                problems.AddRange(ProblemsOf(document, mutation).Select(problem => $"{mutation.Path} {mutation.Kind}: {problem}"));
            }
        }

        Assert.True(problems.Count == 0, $"{problems.Count} problems in {file}:{Environment.NewLine}{string.Join(Environment.NewLine, problems.Take(20))}");
    }

    [Fact]
    public void All_OfADocument_ReachesEveryMember()
    {
        const string Json = """{"a":1,"b":[{"c":null},{"d":{"e":[]}}]}""";

        var paths = Mutation.All(Json).Select(m => m.Path).Distinct();

        Assert.Equal(["$.a", "$.b", "$.b[0].c", "$.b[1].d", "$.b[1].d.e"], paths);
    }

    [Fact]
    public void All_OfOneMember_HoldsEveryKind()
    {
        const string Json = """{"a":1}""";

        var mutations = Mutation.All(Json).Select(m => m.Json).ToArray();

        Assert.Contains("{}", mutations);
        Assert.Contains("""{"x_renamed":1}""", mutations);
        Assert.Contains("""{"a":null}""", mutations);
        Assert.Contains("""{"a":1,"a":"text"}""", mutations);
        Assert.Contains("""{"a":"text","a":1}""", mutations);
    }

    private static IEnumerable<string> ProblemsOf(Example.Document document, Mutation mutation)
    {
        try
        {
            if (Wire.Read(document.Type, mutation.Json) is not { } value)
            {
                return ["read as null"];
            }

            var written = Wire.Write(value);
            var differences = mutation.Kind is Mutation.Deleted or Mutation.Renamed
                ? JsonTree.Differences(mutation.Json, written).Where(difference => difference != FilledIn(document, mutation.Path))
                : JsonTree.Differences(document.Json, written, mutation.Path);
            return differences.Where(difference => !IsEmptyChoice(document, mutation.Path, difference));
        }
#pragma warning disable CA1031 // Any exception at all is the failure that this test looks for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return [$"{exception.GetType().Name}: {exception.Message}"];
        }
    }

    /// <summary>Whether an optional object of a request is missing because it lost its only member: empty ones are not written.</summary>
    private static bool IsEmptyChoice(Example.Document document, string path, string difference)
    {
        var start = $"{path.Substring(0, path.LastIndexOf('.'))}: missing, expected ";
        if (!document.Schema.EndsWith("Request", StringComparison.Ordinal) || !difference.StartsWith(start, StringComparison.Ordinal))
        {
            return false;
        }

        using var expected = JsonDocument.Parse(difference.Substring(start.Length));

        return expected.RootElement.EnumerateObject().Count() <= 1;
    }

    /// <summary>The one difference that is allowed where a member is written although it was not read, each for a reason of its own.</summary>
    private static string? FilledIn(Example.Document document, string path)
    {
        var parent = path.Substring(0, path.LastIndexOf('.'));
        var value = path.Substring(parent.Length + 1) switch
        {
            // A response without a role is the assistant's, and would be rejected without one when it is sent back.
            "role" when IsMessage(document, parent) => "assistant",
            // A part that has only a text is a text part.
            "type" when IsItemOf("content", parent) || IsItemOf("thinking", parent) => "text",
            // A required value type is never absent.
            "type" when IsTool(document, parent) => "",
            _ => null,
        };
        return value is null ? null : $"{path}: not expected, was \"{value}\"";
    }

    private static bool IsMessage(Example.Document document, string path) =>
        (path == "$" && document.Schema == nameof(ChatMessage)) || path.EndsWith(".message", StringComparison.Ordinal) || IsItemOf("messages", path);

    private static bool IsTool(Example.Document document, string path) =>
        (path == "$" && document.Schema == nameof(ChatTool)) || IsItemOf("tools", path);

    private static bool IsItemOf(string list, string path) =>
        path.LastIndexOf('[') is var end and > 0 && path.Substring(0, end).EndsWith($".{list}", StringComparison.Ordinal);
}
