using System;
using Xunit;

namespace CCApi.Sdk.Tests.Common;

public class RequireTests
{
    [Fact]
    public void NotNull_OfNull_NamesTheParameter()
    {
        var exception = Assert.Throws<ArgumentNullException>(() => Require.NotNull<object>(null, "request"));

        Assert.Equal("request", exception.ParamName);
    }

    [Fact]
    public void NotNull_OfAValue_GivesIt()
    {
        var value = new object();

        Assert.Same(value, Require.NotNull(value, "request"));
    }

    [Fact]
    public void Text_OfNull_NamesTheParameter()
    {
        var exception = Assert.Throws<ArgumentNullException>(() => Require.Text(null, "model"));

        Assert.Equal("model", exception.ParamName);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    public void Text_OfNothing_NamesTheParameter(string text)
    {
        var exception = Assert.Throws<ArgumentException>(() => Require.Text(text, "model"));

        Assert.Equal("model", exception.ParamName);
        Assert.StartsWith("It must not be empty.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfText_GivesItUntouched()
    {
        var text = Require.Text(" a ", "model");

        Assert.Equal(" a ", text);
    }

    [Fact]
    public void NotFake_WithoutAnInnerObject_NamesTheFix()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Require.NotFake<object>(null));

        Assert.Equal("This is a fake: override the method that was called.", exception.Message);
    }
}
