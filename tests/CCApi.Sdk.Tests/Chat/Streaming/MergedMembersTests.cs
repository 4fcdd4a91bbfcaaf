using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class MergedMembersTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"b":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", """{"a":1}""")]
    [InlineData("""{"a":null}""", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":"x"}""", """{"a":"y"}""", """{"a":"xy"}""")]
    [InlineData("""{"a":"x"}""", """{"a":"x"}""", """{"a":"x"}""")]
    [InlineData("""{"reasoning_text":"ha"}""", """{"reasoning_text":"ha"}""", """{"reasoning_text":"haha"}""")]
    [InlineData("""{"id":"x","my_type":"a","status":"b"}""", """{"id":"y","my_type":"b","status":"c"}""", """{"id":"y","my_type":"b","status":"c"}""")]
    [InlineData("""{"custom":{"name":"f","input":"a","type":"t"}}""", """{"custom":{"name":"f","input":"b","type":"t"}}""", """{"custom":{"name":"f","input":"ab","type":"t"}}""")]
    [InlineData("""{"a":"x"}""", """{"a":""}""", """{"a":"x"}""")]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""", """{"a":[1,1,2]}""")]
    [InlineData("""{"a":[1]}""", """{"a":[]}""", """{"a":[1]}""")]
    [InlineData("""{"a":[1]}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"function_call":{"name":"f","arguments":"{\"a"}}""", """{"function_call":{"name":"","arguments":"\":1}"}}""", """{"function_call":{"name":"f","arguments":"{\"a\":1}"}}""")]
    [InlineData("""{"audio":{"id":"1","data":"Zm","transcript":"a"}}""", """{"audio":{"data":"9v","transcript":" b","expires_at":7}}""", """{"audio":{"id":"1","data":"Zm9v","transcript":"a b","expires_at":7}}""")]
    [InlineData("""{"a":{"b":{"c":[1],"d":1.50}}}""", """{"a":{"b":{"c":[2]}}}""", """{"a":{"b":{"c":[1,2],"d":1.50}}}""")]
    public void ToMembers_OfPieces_PutsThemTogether(string first, string second, string expected) => Assert.Equal(expected, Merge(MergeMode.Texts, first, second));

    [Theory]
    [InlineData("""{"citations":["a"]}""", """{"citations":["a","b"]}""", """{"citations":["a","b"]}""")]
    [InlineData("""{"data":"a"}""", """{"data":"b"}""", """{"data":"b"}""")]
    [InlineData("""{"x_groq":{"id":"1"}}""", """{"x_groq":{"usage":{"total_tokens":1}}}""", """{"x_groq":{"id":"1","usage":{"total_tokens":1}}}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", """{"a":1}""")]
    [InlineData("""{"text":"a"}""", """{"text":"b"}""", """{"text":"b"}""")]
    public void ToMembers_OfWholeMembers_TakesTheLast(string first, string second, string expected) => Assert.Equal(expected, Merge(MergeMode.Complete, first, second));

    [Theory]
    [InlineData("""{"text":"a","x":"a","l":[1]}""", """{"text":"b","x":"b","l":[2]}""", """{"text":"ab","x":"b","l":[1,2]}""")]
    public void ToMembers_OfLists_JoinsTextsThatAreKnown(string first, string second, string expected) => Assert.Equal(expected, Merge(MergeMode.Lists, first, second));

    [Fact]
    public void ToMembers_OfObjectsInEachOther_MergesSixteenLevels()
    {
        static string Nested(string inside) => string.Concat(Enumerable.Repeat("{\"a\":", 17)) + inside + new string('}', 17);

        var merged = Merge(MergeMode.Texts, Nested("{\"b\":1}"), Nested("{\"c\":2}"));

        Assert.Equal(Nested("{\"c\":2}"), merged);
    }

    [Fact]
    public void Add_OfAnObject_TakesItsMembers()
    {
        var merged = new MergedMembers(MergeMode.Texts);
        using var first = JsonDocument.Parse("""{"a":"x","b":{"c":1}}""");
        using var second = JsonDocument.Parse("""{"b":{"d":2}}""");

        merged.Add(first.RootElement);
        merged.Add(second.RootElement);

        var members = merged.ToMembers()!;
        Assert.Equal(["a", "b"], members.Keys);
        Assert.Equal("""{"c":1,"d":2}""", members["b"].GetRawText());
    }

    [Fact]
    public void ToMembers_OfACharacterCutBetweenPieces_KeepsIt()
    {
        var merged = Merge(
            MergeMode.Texts, """{"audio":{"transcript":"a\ud83d"}}""", """{"audio":{"transcript":"\ude00"}}""", """{"audio":{"transcript":"b"}}""");

        using var document = JsonDocument.Parse(merged);
        Assert.Equal("a\U0001F600b", document.RootElement.GetProperty("audio").GetProperty("transcript").GetString());
    }

    [Fact]
    public void ToMembers_NamesThatAreNotText_DoesNotThrow()
    {
        var merged = Merge(MergeMode.Texts, """{"a":{"\ud800":1}}""", """{"a":{"b\udc00":"\udc00"}}""");

        Assert.Contains("\"\\udc00\"", merged);
    }

    [Fact]
    public void Add_OfMorePieces_LeavesTheFirstAlone()
    {
        var first = Members("""{"a":[1]}""");
        var merged = new MergedMembers();
        merged.Add(first);

        merged.Add(Members("""{"a":[2],"b":1}"""));

        Assert.Equal("[1]", Assert.Single(first!).Value.GetRawText());
    }

    [Fact]
    public void ToMembers_OfNothing_IsNull()
    {
        var merged = new MergedMembers();

        merged.Add(piece: null);

        Assert.Null(merged.ToMembers());
    }

    [Fact]
    public void ToMembers_AskedTwice_GoesOn()
    {
        var merged = new MergedMembers();
        merged.Add(Members("""{"a":[1],"b":{"c":[1]}}"""));
        merged.Add(Members("""{"a":[2],"b":{"c":[2]}}"""));
        var before = Written(merged);

        merged.Add(Members("""{"a":[3],"b":{"c":[3]}}"""));

        Assert.Equal(("""{"a":[1,2],"b":{"c":[1,2]}}""", """{"a":[1,2,3],"b":{"c":[1,2,3]}}"""), (before, Written(merged)));
    }

    private static string Merge(MergeMode mode, params string[] pieces)
    {
        var merged = new MergedMembers(mode);
        foreach (var piece in pieces)
        {
            merged.Add(Members(piece));
        }

        return Written(merged);
    }

    private static string Written(MergedMembers members) => Wire.Write(new ChatMessage { AdditionalProperties = members.ToMembers() });

    private static IDictionary<string, JsonElement>? Members(string json) => Wire.Read<Usage>(json).AdditionalProperties;
}
