using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class FinishedChoicesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(false, "{}")]
    [InlineData(false, """{"choices":[]}""")]
    [InlineData(false, """{"choices":[{"delta":{}}]}""")]
    [InlineData(false, """{"choices":[{"index":0,"finish_reason":""}]}""")]
    [InlineData(true, """{"choices":[{"index":0,"finish_reason":"stop"}]}""")]
    [InlineData(true, """{"choices":[{"delta":{}}]}""", """{"choices":[{"finish_reason":"stop"}]}""")]
    [InlineData(true, """{"choices":[{"index":0,"finish_reason":"stop"}]}""", """{"choices":[{"index":0,"delta":{}}]}""")]
    [InlineData(false, """{"choices":[{"index":0,"finish_reason":"stop"}]}""", """{"choices":[{"index":1,"delta":{}}]}""")]
    [InlineData(true, """{"choices":[{"index":0},{"index":1},{"index":2}]}""", """{"choices":[{"index":2,"finish_reason":"a"},{"index":0,"finish_reason":"b"}]}""", """{"choices":[{"index":1,"finish_reason":"c"},{"index":1}]}""")]
    [InlineData(true, """{"choices":[{"index":3,"finish_reason":"a"}]}""", """{"choices":[{"index":3,"finish_reason":"a"}]}""")]
    public void IsComplete_OfChunks_IsWhetherEveryChoiceHasItsFinishReason(bool expected, params string[] chunks)
    {
        var choices = new FinishedChoices();

        foreach (var chunk in chunks)
        {
            choices.Add(Wire.Read<ChatCompletionChunk>(chunk));
        }

        Assert.Equal(expected, choices.IsComplete);
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0},{"index":1},{"index":2}]}""", false)]
    [InlineData("""{"choices":[{"index":0,"finish_reason":"a"}]}""", false)]
    [InlineData("""{"choices":[{"index":1,"finish_reason":"a"}]}""", false)]
    [InlineData("""{"choices":[{"index":2,"finish_reason":"a"}]}""", true)]
    [InlineData("""{"choices":[{"index":2,"finish_reason":"a"},{"index":1,"finish_reason":"a"}]}""", true)]
    [InlineData("""{"choices":[{"index":3,"finish_reason":"a"},{"index":4,"finish_reason":"b"}]}""", true)]
    [InlineData("""{"choices":[{"finish_reason":"a"},{"index":3}]}""", false)]
    public void Add_AfterChoices0And1HaveFinished_ReturnsWhetherAnotherFinishes(string chunk, bool expected)
    {
        var choices = new FinishedChoices();
        var first = choices.Add(Wire.Read<ChatCompletionChunk>("""{"choices":[{"index":0,"finish_reason":"a"}]}"""));
        var second = choices.Add(Wire.Read<ChatCompletionChunk>("""{"choices":[{"index":1,"finish_reason":"a"},{"index":0}]}"""));

        var third = choices.Add(Wire.Read<ChatCompletionChunk>(chunk));

        Assert.Equal((true, true, expected), (first, second, third));
    }
}
