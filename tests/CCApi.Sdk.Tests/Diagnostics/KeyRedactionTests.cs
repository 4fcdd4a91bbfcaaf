using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

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
    [InlineData("""k\/a\u002Bb\u002B""", "k/a+b+", "***")]
    [InlineData("%2bk%2f", "+k/", "***")]
    [InlineData("""a \u b""", """\u""", "a *** b")]
    [InlineData("?key=k%2Fa%2Bb&", "k/a+b", "?key=***&")]
    [InlineData("?key=k%2fa%2bb&", "k/a+b", "?key=***&")]
    [InlineData("""<p>k\u0026amp;\u0026quot;\u0026lt;</p>""", "k&\"<", "<p>***</p>")]
    [InlineData("<p>k&amp;&quot;&lt;</p>", "k&\"<", "<p>***</p>")]
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

    [Fact]
    public void Apply_OfHeaders_TakesTheKeyOutAndKeepsTheRest()
    {
        using var response = new HttpResponseMessage();
        response.Headers.Add("Location", "https://a.test/?key=sk%2Fa");
        response.Headers.Add("X-Echo", ["Bearer sk/a", "1"]);
        response.Headers.Add("X-Request-ID", "req-1");

        KeyRedaction.Apply(response.Headers, "sk/a");

        Assert.Equal(
            ["Location: https://a.test/?key=***", "X-Echo: Bearer ***, 1", "X-Request-ID: req-1"],
            response.Headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").OrderBy(text => text, StringComparer.Ordinal));
    }

    [Fact]
    public void Apply_OfTextCutInASpellingOfTheKey_TakesItsStartOutToo()
    {
        Assert.Equal("text ", KeyRedaction.Apply("text sk%2Fa%2", "sk/a/b", isCut: true));
    }

    [Fact]
    public void Cause_ThatShowsTheKey_IsLeftOut()
    {
        var shows = new InvalidOperationException("outer", new FormatException("Received an invalid header line: 'Bearer sk-a'."));
        var hides = new InvalidOperationException("outer", new FormatException("inner"));

        Assert.Null(KeyRedaction.Cause(shows, "sk-a"));
        Assert.Same(hides, KeyRedaction.Cause(hides, "sk-a"));
        Assert.Same(shows, KeyRedaction.Cause(shows, key: null));
        Assert.Null(KeyRedaction.Cause(cause: null, "sk-a"));
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
