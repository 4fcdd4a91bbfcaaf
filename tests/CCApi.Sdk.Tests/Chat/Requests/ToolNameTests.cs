using System;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Requests;

public class ToolNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("get_Weather-2")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Check_OfAName_GivesIt(string name) => Assert.Equal(name, ToolName.Check(name, "name"));

    [Theory]
    [InlineData("get weather")]
    [InlineData("wetter.holen")]
    [InlineData("größe")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void Check_OfAnyOther_SaysTheFix(string name)
    {
        var exception = Assert.Throws<ArgumentException>(() => ToolName.Check(name, "name"));

        Assert.StartsWith($"'{name}' is not a valid name for a tool: use a to z, A to Z, digits, '_' and '-', at most 64 characters.", exception.Message, StringComparison.Ordinal);
        Assert.Equal("name", exception.ParamName);
    }

    [Theory]
    [InlineData("City", "City")]
    [InlineData("List`1", "List_1")]
    [InlineData("String[]", "String")]
    [InlineData("Größe", "Gr__e")]
    [InlineData("世界", "response")]
    [InlineData("", "response")]
    [InlineData(null, "response")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234", "0123456789012345678901234567890123456789012345678901234567890123")]
    public void Clean_OfAnyText_IsAName(string? name, string expected) => Assert.Equal(expected, ToolName.Clean(name, "response"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Check_OfNothing_NamesTheParameter(string? name) => Assert.Equal("name", Assert.ThrowsAny<ArgumentException>(() => ToolName.Check(name, "name")).ParamName);
}
