using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Common;

public sealed class AsciiTextTests
{
    [Theory]
    [InlineData("error", "error", true)]
    [InlineData("ERRor", "error", true)]
    [InlineData("errors", "error", false)]
    [InlineData("erro", "error", false)]
    [InlineData("[DONE]", "[done]", true)]
    [InlineData("{done}", "[done]", false)]
    [InlineData("\u0005rror", "error", false)]
    [InlineData("", "", true)]
    public void EqualsIgnoreCase_OfTwoTexts_IgnoresOnlyTheCaseOfAsciiCharacters(string text, string lower, bool expected) =>
        Assert.Equal(expected, AsciiText.EqualsIgnoreCase(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(lower)));

    [Theory]
    [InlineData("usage", true)]
    [InlineData("tokenUsage", true)]
    [InlineData("USAGES", true)]
    [InlineData("usag", false)]
    [InlineData("", false)]
    public void ContainsIgnoreCase_OfAText_FindsItAnywhere(string text, bool expected) =>
        Assert.Equal(expected, AsciiText.ContainsIgnoreCase(Encoding.UTF8.GetBytes(text), "usage"u8));

    [Theory]
    [InlineData("[Done] and more", true)]
    [InlineData("[done", false)]
    [InlineData("x[done]", false)]
    public void StartsWithIgnoreCase_OfAText_ComparesItsStart(string text, bool expected) =>
        Assert.Equal(expected, AsciiText.StartsWithIgnoreCase(Encoding.UTF8.GetBytes(text), "[done]"u8));
}
