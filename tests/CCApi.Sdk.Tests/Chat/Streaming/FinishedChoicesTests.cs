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
}
