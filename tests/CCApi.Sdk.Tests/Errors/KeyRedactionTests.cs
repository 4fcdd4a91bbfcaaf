using System.Text.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Errors;

public class KeyRedactionTests
{
    [Theory]
    [InlineData(null, "sk-a", null)]
    [InlineData("", "sk-a", "")]
    [InlineData("text", null, "text")]
    [InlineData("text", "", "text")]
    [InlineData("a sk-a b sk-a", "sk-a", "a *** b ***")]
    [InlineData("SK-A", "sk-a", "SK-A")]
    [InlineData("""k\/a+b""", "k/a+b", "***")]
    [InlineData("""k/a\u002Bb""", "k/a+b", "***")]
    [InlineData("""k\/a\u002bb""", "k/a+b", "***")]
    [InlineData("""k\"a""", "k\"a", "***")]
    [InlineData("""k\\a""", "k\\a", "***")]
    [InlineData("""Ak\u0026bC""", "k&b", "A***C")]
    public void Apply_OfText_TakesTheKeyOutInEverySpelling(string? text, string? key, string? expected)
    {
        Assert.Equal(expected, KeyRedaction.Apply(text, key));
    }

    [Theory]
    [InlineData("text sk-ab", "text ")]
    [InlineData("text sk-abc", "text ***")]
    [InlineData("text s", "text ")]
    [InlineData("text", "text")]
    public void Apply_OfTextCutInTheKey_TakesItsStartOutToo(string text, string expected)
    {
        Assert.Equal(expected, KeyRedaction.Apply(text, "sk-abc", isCut: true));
    }

    [Theory]
    [InlineData("""{"a":["sk-a",{"sk-a":1}]}""", """{"a":["***",{"***":1}]}""")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    public void Apply_OfJson_TakesTheKeyOut(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(expected, KeyRedaction.Apply(document.RootElement, "sk-a")?.ToString());
    }

    [Fact]
    public void Apply_OfJsonThatDoesNotHoldWithoutTheKey_IsNull()
    {
        using var document = JsonDocument.Parse("""{"a":12}""");

        Assert.Null(KeyRedaction.Apply(document.RootElement, "12"));
        Assert.Null(KeyRedaction.Apply((JsonElement?)null, "12"));
    }
}
