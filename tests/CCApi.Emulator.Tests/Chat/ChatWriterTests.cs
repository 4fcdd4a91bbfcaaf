using System;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class ChatWriterTests
{
    [Theory]
    [InlineData("How much is 12 * 3?", "12 * 3 = 36")]
    [InlineData("1.5+2", "1.5 + 2 = 3.5")]
    [InlineData("7 - 10", "7 - 10 = -3")]
    [InlineData("6 × 7", "6 × 7 = 42")]
    [InlineData("1 / 3", "1 / 3 = 0.333333")]
    public void Write_OfASum_IsItsResult(string prompt, string text)
    {
        var written = ChatWriter.Write(Prompt(prompt), seed: 1);

        Assert.Equal(text, written);
    }

    [Theory]
    [InlineData("1 / 0")]
    [InlineData("99999999999999999999 * 99999999999999999999")]
    [InlineData("Plan a bakery {0} launch {1}.")]
    [InlineData("")]
    [InlineData("😀")]
    public void Write_OfAnythingElse_IsAText(string prompt)
    {
        var written = ChatWriter.Write(Prompt(prompt), seed: 1);

        Assert.True(written.Length > 20);
    }

    [Fact]
    public void Write_OfAGreeting_Greets()
    {
        var written = ChatWriter.Write(Prompt("hi there"), seed: 1);

        Assert.StartsWith("Hello!", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Outline a launch plan for a small bakery", "Outline launch")]
    [InlineData("why?", "your question")]
    public void Topic_OfAPrompt_IsAWordOrTwo(string prompt, string topic)
    {
        var found = ChatWriter.Topic(prompt);

        Assert.Equal(topic, found);
    }

    private static ChatPrompt Prompt(string text) => new(text, [], Images: 0, Tokens: 0);
}
