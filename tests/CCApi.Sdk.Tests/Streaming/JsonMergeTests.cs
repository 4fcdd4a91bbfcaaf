using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Streaming;

public class JsonMergeTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"b":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", """{"a":1}""")]
    [InlineData("""{"a":null}""", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":"x"}""", """{"a":"y"}""", """{"a":"y"}""")]
    [InlineData("""{"a":"x"}""", """{"a":""}""", """{"a":"x"}""")]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""", """{"a":[1,1,2]}""")]
    [InlineData("""{"a":[1]}""", """{"a":[]}""", """{"a":[1]}""")]
    [InlineData("""{"a":[1]}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"function_call":{"name":"f","arguments":"{\"a"}}""", """{"function_call":{"name":"","arguments":"\":1}"}}""", """{"function_call":{"name":"f","arguments":"{\"a\":1}"}}""")]
    [InlineData("""{"audio":{"id":"1","data":"Zm","transcript":"a"}}""", """{"audio":{"data":"9v","transcript":" b","expires_at":7}}""", """{"audio":{"id":"1","data":"Zm9v","transcript":"a b","expires_at":7}}""")]
    [InlineData("""{"a":{"b":{"c":[1],"d":1.50}}}""", """{"a":{"b":{"c":[2]}}}""", """{"a":{"b":{"c":[1,2],"d":1.50}}}""")]
    public void Into_OfPieces_PutsThemTogether(string first, string second, string expected) => Assert.Equal(expected, Merge(inPieces: true, first, second));

    [Theory]
    [InlineData("""{"citations":["a"]}""", """{"citations":["a","b"]}""", """{"citations":["a","b"]}""")]
    [InlineData("""{"data":"a"}""", """{"data":"b"}""", """{"data":"b"}""")]
    [InlineData("""{"x_groq":{"id":"1"}}""", """{"x_groq":{"usage":{"total_tokens":1}}}""", """{"x_groq":{"id":"1","usage":{"total_tokens":1}}}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", """{"a":1}""")]
    public void Into_OfWholeMembers_TakesTheLast(string first, string second, string expected) => Assert.Equal(expected, Merge(inPieces: false, first, second));

    [Fact]
    public void Into_OfACharacterCutBetweenPieces_KeepsIt()
    {
        var merged = Merge(
            inPieces: true, """{"audio":{"transcript":"a\ud83d"}}""", """{"audio":{"transcript":"\ude00"}}""", """{"audio":{"transcript":"b"}}""");

        using var document = JsonDocument.Parse(merged);
        Assert.Equal("a\U0001F600b", document.RootElement.GetProperty("audio").GetProperty("transcript").GetString());
    }

    [Fact]
    public void Into_OfNamesThatAreNoText_DoesNotThrow()
    {
        var merged = Merge(inPieces: true, """{"a":{"\ud800":1}}""", """{"a":{"b\udc00":"\udc00"}}""");

        Assert.Contains("\"\\udc00\"", merged);
    }

    [Fact]
    public void Into_OfOneSource_LeavesItAlone()
    {
        var source = Members("""{"a":[1]}""");
        IDictionary<string, JsonElement>? target = null;
        JsonMerge.Into(ref target, source);

        JsonMerge.Into(ref target, Members("""{"a":[2],"b":1}"""));

        Assert.Equal("[1]", Assert.Single(source!).Value.GetRawText());
    }

    [Fact]
    public void Into_OfNull_MakesNothing()
    {
        IDictionary<string, JsonElement>? target = null;

        JsonMerge.Into(ref target, null);

        Assert.Null(target);
    }

    [Fact]
    public void Merge_OfLists_AddsTheSecond()
    {
        var merged = JsonMerge.Merge(Members("""{"a":[1]}""")!["a"], Members("""{"a":[2]}""")!["a"]);

        Assert.Equal("[1,2]", merged!.Value.GetRawText());
    }

    [Fact]
    public void Merge_OfOneAndNull_IsTheOne()
    {
        JsonElement? one = Members("""{"a":[1]}""")!["a"];

        var merged = new[] { JsonMerge.Merge(one, null), JsonMerge.Merge(null, one), JsonMerge.Merge(null, null) };

        Assert.Equal(["[1]", "[1]", null], merged.Select(element => element?.GetRawText()));
    }

    private static string Merge(bool inPieces, params string[] pieces)
    {
        IDictionary<string, JsonElement>? target = null;
        foreach (var piece in pieces)
        {
            JsonMerge.Into(ref target, Members(piece), inPieces);
        }

        return Wire.Write(new ChatMessage { AdditionalProperties = target });
    }

    private static IDictionary<string, JsonElement>? Members(string json) => Wire.Read<Usage>(json).AdditionalProperties;
}
