using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class PromptWordsTests
{
    private readonly PromptWords _words = new("Order 3 pieces of ID 42");

    [Fact]
    public void All_OfAPrompt_AreItsWordsInOrder()
    {
        Assert.Equal(["order", "3", "piece", "of", "id", "42"], _words.All);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(5, "order")]
    [InlineData(7, "3 order")]
    [InlineData(10, "3 order")]
    [InlineData(21, "id of piece 3 order")]
    public void Before_APlace_AreTheWordsThatEndThereNearestFirst(int place, string expected)
    {
        Assert.Equal(expected, string.Join(' ', _words.Before(place)));
    }

    [Theory]
    [InlineData(0, "order 3 piece of id 42")]
    [InlineData(7, "piece of id 42")]
    [InlineData(9, "of id 42")]
    [InlineData(23, "")]
    public void From_APlace_AreTheWordsThatStartThereOrLater(int place, string expected)
    {
        Assert.Equal(expected, string.Join(' ', _words.From(place)));
    }
}
