using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class UnknownMembersTests
{
    private const string Json = """{"a":1,"b":"text \" and \ud83d","c":{"d":[1.50,null]},"e":null,"f":true,"g":[],"h":"","\u00e9\n":-1e400,"\ud83d":2}""";

    [Fact]
    public void Members_OfEveryKind_AreKeptAsTheyCame()
    {
        var members = Read(Json);

        Assert.Equal(["a", "b", "c", "e", "f", "g", "h", "é\n", "\uD83D"], members.Keys);
        Assert.Equal(["1", "\"text \\\" and \\ud83d\"", "{\"d\":[1.50,null]}", "null", "true", "[]", "\"\"", "-1e400", "2"], members.Values.Select(value => value.GetRawText()));
    }

    [Theory]
    [InlineData("a", "1")]
    [InlineData("c", "{\"d\":[1.50,null]}")]
    [InlineData("é\n", "-1e400")]
    [InlineData("x", null)]
    [InlineData("d", null)]
    [InlineData("", null)]
    public void TryGetValue_OfAName_IsTheSameBeforeAndAfterTheyWereListed(string name, string? expected)
    {
        var members = Read(Json);

        var before = members.TryGetValue(name, out var value) ? value.GetRawText() : null;
        Assert.Equal(9, members.Count);
        var after = members.TryGetValue(name, out value) ? value.GetRawText() : null;

        Assert.Equal((expected, expected), (before, after));
        Assert.Equal(expected is not null, members.ContainsKey(name));
    }

    [Fact]
    public void Members_OfOneName_AreTheLastOne()
    {
        var members = Read("""{"a":1,"b":2,"a":3}""");

        Assert.True(members.TryGetValue("a", out var value));
        Assert.Equal("3", value.GetRawText());
        Assert.Equal(2, members.Count);
        Assert.Equal("3", members["a"].GetRawText());
    }

    [Theory]
    [InlineData("""{"a":LONG,"b\n":LONG,"c":1}""", "LONG LONG 1")]
    [InlineData("""{"a":LONG,"b\n":1,"a":2,"c":{}}""", "2 1 {}")]
    [InlineData("""{"a":1,"b\n":LONG,"a":LONG,"b\n":null,"c":""}""", "LONG null \"\"")]
    public void Members_WithLongValues_AreTheLastOnesToo(string json, string expected)
    {
        var text = $"[{string.Join(",", Enumerable.Repeat("\"word\"", 1000))}]";
        var members = Read(json.Replace("LONG", text));

        var found = new[] { "a", "b\n", "c" }.Select(name => members.TryGetValue(name, out var value) ? value.GetRawText() : "none").ToArray();

        Assert.Equal(expected.Replace("LONG", text), string.Join(" ", found));
        Assert.Equal(["a", "b\n", "c"], members.Keys);
        Assert.Equal(found, members.Values.Select(value => value.GetRawText()));
    }

    [Fact]
    public void Members_ThatAreChanged_BehaveAsADictionary()
    {
        var members = Read(Json);
        var other = Read("""{"x":7}""")["x"];

        members["a"] = other;
        members.Add("new", other);
        members.Add(new KeyValuePair<string, JsonElement>("newer", other));

        Assert.True(members.Remove("b"));
        Assert.False(members.Remove("b"));
        Assert.Equal("7", members["a"].GetRawText());
        Assert.True(members.ContainsKey("new"));
        Assert.True(members.ContainsKey("newer"));
        Assert.False(members.IsReadOnly);
        Assert.Throws<KeyNotFoundException>(() => members["b"]);
        members.Clear();
        Assert.Empty(members);
    }

    [Fact]
    public async Task Members_ListedByManyThreads_AreOneDictionary()
    {
        var members = Read(Json);

        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => (members.Count, members.ContainsKey("a"), members.Keys.Count))));

        Assert.All(counts, count => Assert.Equal((9, true, 9), count));
    }

    [Fact]
    public void Members_OfAnObject_AreWrittenBack()
    {
        var error = Wire.Read<ErrorObject>(Json);

        Assert.Equal(Json.Replace("\\u00e9", "é").Replace("\\ud83d\":2", "\\uFFFD\":2"), Wire.Write(error));
    }

    private static IDictionary<string, JsonElement> Read(string json)
    {
        var reader = JsonRead.Of(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return ErrorObject.ReadFrom(ref reader)!.AdditionalProperties!;
    }
}
