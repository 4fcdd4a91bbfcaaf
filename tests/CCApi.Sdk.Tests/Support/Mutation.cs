using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Sdk.Tests.Support;

/// <summary>One thing that a gateway may do to one member of a document.</summary>
/// <param name="Path">The member, as <see cref="JsonTree"/> names it.</param>
/// <param name="Kind">What was done to it.</param>
/// <param name="Json">The document after that.</param>
internal sealed record Mutation(string Path, string Kind, string Json)
{
    /// <summary>The name that a renamed member gets: one that no type knows.</summary>
    public const string NewName = "x_renamed";

    public const string Deleted = "deleted";

    public const string Renamed = "renamed";

    private const string Placeholder = "@@here@@";

    private static readonly string[] _values =
    [
        "null", "\"\"", "{}", "[]",
        "\"text\"", "\"12\"", "\"-1.5e3\"", "\"https://example.com/a?b=c&d\"", "\"\\ud83d\"",
        "7", "-1", "0.5", "1e40", "-1e400", "9223372036854775808", "123456789012345678901234567890123",
        "true", "false",
        "{\"a\":1}", "[1]", "[null]", "[\"a\",2]", "[[[\"x\"]]]", "[{\"a\":{}}]",
    ];

    private static readonly string[] _twins = ["7", "\"text\"", "{\"a\":1}", "[null]", "null"];

    /// <summary>Every mutation of every member at every depth.</summary>
    public static IEnumerable<Mutation> All(string json) => MembersOf("$", JsonNode.Parse(json)).SelectMany(path => Of(json, path));

    private static IEnumerable<Mutation> Of(string json, IReadOnlyList<object> steps)
    {
        var path = steps.Skip(1).Aggregate("$", (parent, step) => step is int index ? JsonTree.Path(parent, index) : JsonTree.Path(parent, (string)step));
        var name = (string)steps[steps.Count - 1];
        var original = Parent(JsonNode.Parse(json)!, steps)[name]?.ToJsonString() ?? "null";

        var document = JsonNode.Parse(json)!;
        Parent(document, steps).Remove(name);
        yield return new Mutation(path, Deleted, document.ToJsonString());

        Parent(document, steps)[NewName] = JsonNode.Parse(original);
        yield return new Mutation(path, Renamed, document.ToJsonString());

        document = JsonNode.Parse(json)!;
        Parent(document, steps)[name] = Placeholder;
        var template = document.ToJsonString();
        foreach (var value in _values)
        {
            yield return new Mutation(path, $"set to {value}", template.Replace($"\"{Placeholder}\"", value));
        }

        var second = $",\"{JsonEncodedText.Encode(name)}\":";
        foreach (var twin in _twins)
        {
            yield return new Mutation(path, $"followed by a second one, {twin}", template.Replace($"\"{Placeholder}\"", original + second + twin));
            yield return new Mutation(path, $"preceded by a second one, {twin}", template.Replace($"\"{Placeholder}\"", twin + second + original));
        }
    }

    private static JsonObject Parent(JsonNode document, IReadOnlyList<object> steps) =>
        (JsonObject)steps.Skip(1).Take(steps.Count - 2).Aggregate(document, (node, step) => step is int index ? node[index]! : node[(string)step]!);

    private static IEnumerable<IReadOnlyList<object>> MembersOf(object step, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var member in members)
                {
                    yield return [step, member.Key];
                }

                foreach (var below in members.SelectMany(member => MembersOf(member.Key, member.Value)))
                {
                    yield return [step, .. below];
                }

                break;
            case JsonArray items:
                foreach (var below in items.SelectMany((item, index) => MembersOf(index, item)))
                {
                    yield return [step, .. below];
                }

                break;
        }
    }
}
