using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class JsonValueComparerTests
{
    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("""{"a":1,"b":[true,null]}""", """{"b":[true,null],"a":1e0}""", true)]
    [InlineData("\"a\"", "\"\\u0061\"", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("null", "false", false)]
    [InlineData("\"1\"", "1", false)]
    public void Equals_OfValues_IsTheirMeaning(string left, string right, bool expected)
    {
        var (x, y) = (Parse(left), Parse(right));

        Assert.Equal(expected, JsonValueComparer.Instance.Equals(x, y));
        Assert.True(!expected || JsonValueComparer.Instance.GetHashCode(x) == JsonValueComparer.Instance.GetHashCode(y));
    }

    [Fact]
    public void IsSame_OfStrings_ComparesAsRequested()
    {
        Assert.False(JsonValueComparer.IsSame(Parse("\"A\""), JsonValue.Create("a")));
        Assert.True(JsonValueComparer.IsSame(Parse("\"A\""), JsonValue.Create("a"), StringComparison.OrdinalIgnoreCase));
        Assert.True(JsonValueComparer.IsSame(Parse("null"), null));
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
