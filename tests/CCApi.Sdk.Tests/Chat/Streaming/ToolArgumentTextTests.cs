using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ToolArgumentTextTests
{
    [Theory]
    // Pieces to concatenate.
    [InlineData("{\"x\":1}", "{\"x\":", "1}")]
    [InlineData("{\"x\":1}", "", "{", "\"x\"", "", ":1", "}")]
    [InlineData("ab", "a", "b")]
    [InlineData("aa", "a", "a")]
    [InlineData("{{", "{", "{")]
    [InlineData("{\"a\":{\"a\":1}}", "{\"a\":", "{\"a\":1}}")]
    [InlineData("{\"a\":{\"a\":1}}", "{\"a\":", "{\"a\":1", "}}")]
    [InlineData("[[1],[1]]", "[", "[1],[1]]")]
    // An empty object first.
    [InlineData("{\"x\":1}", "{}", "{\"x\":", "1}")]
    [InlineData("{\"x\":1}", "{ }", "{\"x\":1}")]
    [InlineData("{\"x\":1}", "{}", "{", "\"x\":1", "}")]
    [InlineData("{}", "{}")]
    [InlineData("{\"x\":1}", "None", "{\"x\":1}")]
    [InlineData("{\"x\":1}", "\"\"", "{\"x\":", "1}")]
    [InlineData("{\"x\":1}", "{\n}", "{\"x\":1}")]
    // Everything again at the end.
    [InlineData("{\"x\":1}", "{\"x\":", "1}", "{\"x\":1}")]
    [InlineData("{\"x\":1}", "{\"x\":1}", "{\"x\":1}", "{\"x\":1}")]
    [InlineData("{}", "{}", "{}")]
    [InlineData("{\"x\":1,\"y\":\"é\"}", "{\"x\":1,", "\"y\":\"é\"}", "{\"y\": \"\\u00e9\", \"x\": 1}")]
    [InlineData("{\"x\":\"\\ud83d\"}{\"x\":\"\\ude00\"}", "{\"x\":\"\\ud83d\"}", "{\"x\":\"\\ude00\"}")]
    // Everything from the start on in each piece.
    [InlineData("{\"x\":1}", "{", "{\"x\"", "{\"x\":1", "{\"x\":1}")]
    [InlineData("{\"x\":1}", "{\"x", "{\"x\":1}", "{\"x\":1}")]
    // The same, each piece with its closing brackets.
    [InlineData("{\"x\":\"Oslo\",\"y\":[1,2]}", "{}", "{\"x\":\"Os\"}", "{\"x\":\"Oslo\"}", "{\"x\":\"Oslo\",\"y\":[1]}", "{\"x\":\"Oslo\",\"y\":[1,2]}")]
    // Two objects that do not continue each other are not guessed about.
    [InlineData("{\"x\":1}{\"y\":2}", "{\"x\":1}", "{\"y\":2}")]
    public void ToArguments_OfPieces_AreWhatTheyMean(string expected, params string[] pieces)
    {
        var text = new ToolArgumentText();

        foreach (var piece in pieces)
        {
            text.Add(piece);
        }

        Assert.Equal(expected, text.ToArguments()?.ToString());
    }

    [Theory]
    [InlineData("null    ", true)]
    [InlineData("null     ", false)]
    [InlineData("[]", true)]
    [InlineData("{\"\":1}", false)]
    public void IsPlaceholder_OfAPiece_IsWhetherItIsShortAndSaysNothing(string piece, bool expected)
    {
        var text = new ToolArgumentText();

        text.Add(piece);

        Assert.Equal(expected, text.IsPlaceholder);
    }

    [Fact]
    public void ToArguments_OfAnObjectThatIsRepeated_IsTheObject()
    {
        var call = Wire.Read<ChatToolCallFunction>("""{"arguments":{"a": 1}}""");
        var text = new ToolArgumentText();

        text.Add(call.Arguments!.Value);
        text.Add(call.Arguments!.Value);

        Assert.Equal("""{"arguments":{"a": 1}}""", Wire.Write(new ChatToolCallFunction { Arguments = text.ToArguments() }));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, false, false, "")]
    [InlineData(true, false, false, "{")]
    [InlineData(true, true, true, "{}")]
    [InlineData(true, true, true, "{ }")]
    [InlineData(true, true, false, "{  }")]
    [InlineData(true, true, false, "{\"x\":", "1}")]
    [InlineData(true, true, false, "{}", "{\"x\":1}")]
    [InlineData(true, false, false, "{}", "{\"x\":")]
    public void IsWhole_OfPieces_IsWhetherTheJsonIsComplete(bool hasText, bool isWhole, bool isEmptyObject, params string[] pieces)
    {
        var text = new ToolArgumentText();

        foreach (var piece in pieces)
        {
            text.Add(piece);
        }

        Assert.Equal((hasText, isWhole, isEmptyObject), (text.HasText, text.IsWhole, text.IsEmptyObject));
    }
}
