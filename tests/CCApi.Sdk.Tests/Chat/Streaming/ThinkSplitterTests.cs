using System.Linq;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ThinkSplitterTests
{
    [Theory]
    [InlineData("<think>a b</think>c", "a b", "c")]
    [InlineData("<think>a</think>\n\nc d", "a", "c d")]
    [InlineData("\n <think>\na\n</think>c", "\na\n", "c")]
    [InlineData("<think></think>c", null, "c")]
    [InlineData("<think>a", "a", null)]
    [InlineData("<think>a</thi", "a</thi", null)]
    [InlineData("<think>a < b </b></think>c", "a < b </b>", "c")]
    [InlineData("<think>a</think>", "a", null)]
    [InlineData("<think>a</think> ", "a", null)]
    [InlineData("c", null, "c")]
    [InlineData(" c ", null, " c ")]
    [InlineData("  ", null, "  ")]
    [InlineData("<thin", null, "<thin")]
    [InlineData("<thinking>a</thinking>", null, "<thinking>a</thinking>")]
    [InlineData("c <think>a</think>", null, "c <think>a</think>")]
    [InlineData("<think>a</think>c <think>d</think>", "a", "c <think>d</think>")]
    [InlineData("", null, null)]
    [InlineData(" \n \n <th", null, " \n \n <th")]
    [InlineData(" < think>a", null, " < think>a")]
    public void Add_TextSplitAnywhere_SeparatesTheReasoning(string text, string? reasoning, string? response)
    {
        Assert.Equal((reasoning, response), Split([text]));
        Assert.Equal((reasoning, response), Split([.. text.Select(character => character.ToString())]));
        for (var i = 1; i < text.Length; i++)
        {
            Assert.Equal((reasoning, response), Split([text.Substring(0, i), text.Substring(i)]));
        }
    }

    [Fact]
    public void Add_Reasoning_ReturnsItAtOnce()
    {
        var splitter = new ThinkSplitter();

        Assert.Equal((null, null), splitter.Add("<thi"));
        Assert.Equal(("a", null), splitter.Add("nk>a"));
        Assert.Equal(("b", null), splitter.Add("b<"));
        Assert.Equal(("<<c", null), splitter.Add("<c"));
        Assert.Equal(("d", "e"), splitter.Add("d</think>e"));
        Assert.Equal((null, " f"), splitter.Add(" f"));
    }

    private static (string? Reasoning, string? Response) Split(string[] pieces)
    {
        var splitter = new ThinkSplitter();
        string? reasoning = null;
        string? response = null;
        (string? Thought, string? Text)[] splits = [.. pieces.Select(splitter.Add)];
        foreach (var (thought, text) in splits.Append(splitter.End()))
        {
            reasoning = thought is null ? reasoning : reasoning + thought;
            response = text is null ? response : response + text;
        }

        return (reasoning, response);
    }
}
