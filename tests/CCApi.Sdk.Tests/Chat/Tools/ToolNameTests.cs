using System;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

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

        Assert.StartsWith($"'{name}' is no name for a tool: use the letters a to z and A to Z, digits, '_' and '-', at most 64 of them.", exception.Message, StringComparison.Ordinal);
        Assert.Equal("name", exception.ParamName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Check_OfNothing_NamesTheParameter(string? name) => Assert.Equal("name", Assert.ThrowsAny<ArgumentException>(() => ToolName.Check(name, "name")).ParamName);
}
