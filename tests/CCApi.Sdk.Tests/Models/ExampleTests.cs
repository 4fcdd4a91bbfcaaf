using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

/// <summary>Every example of the contract, read as the type that its name says and written back.</summary>
public class ExampleTests
{
    public static TheoryData<string> Files => Example.Rows();

    public static TheoryData<string> Schemas => [.. ServiceNames.Schemas, nameof(ChatCompletionChunk)];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Examples_OfEverySchema_Exist(string schema)
    {
        var prefix = $"{schema}.";

        var examples = Example.Files.Where(file => file.StartsWith(prefix, StringComparison.Ordinal));

        Assert.NotEmpty(examples);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Write_OfWhatWasRead_GivesEqualJson(string file)
    {
        foreach (var document in Example.Load(file).Documents)
        {
            var value = Wire.Read(document.Type, document.Json)!;

            var written = Wire.Write(value);

            Assert.Empty(JsonTree.Differences(document.Json, written));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Write_WithTheDefaultEncoder_GivesEqualJson(string file)
    {
        foreach (var document in Example.Load(file).Documents)
        {
            var value = Wire.Read(document.Type, document.Json)!;

            var written = Wire.WriteEscaped(value);

            Assert.Empty(JsonTree.Differences(document.Json, written));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_OfEveryCut_GivesEqualJson(string file)
    {
        foreach (var document in Example.Load(file).Documents)
        {
            var value = CutJson.Read(document.Type, document.Json, segmentLength: 3)!;

            var written = Wire.Write(value);

            Assert.Empty(JsonTree.Differences(document.Json, written));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void AdditionalProperties_OfTheRoot_AreTheUnknownMembersOnly(string file)
    {
        foreach (var document in Example.Load(file).Documents)
        {
            using var json = JsonDocument.Parse(document.Json);
            var unknown = json.RootElement.EnumerateObject().Select(m => m.Name).Except(KnownMembers(document.Type)).ToArray();

            var value = Wire.Read(document.Type, document.Json)!;

            Assert.Equal(unknown.Length == 0 ? null : unknown, AdditionalProperties(value)?.Keys.ToArray());
        }
    }

    private static IEnumerable<string> KnownMembers(Type type)
    {
        var names = type.GetProperties().Select(p => p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name).OfType<string>();
        // Its wire member is a private field, so that Id can fall back to another.
        return type == typeof(ModelSummary) ? names.Append("id") : names;
    }

    private static IDictionary<string, JsonElement>? AdditionalProperties(object value) =>
        (IDictionary<string, JsonElement>?)value.GetType().GetProperty("AdditionalProperties")!.GetValue(value);
}
