using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ChunkTextTests
{
    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}]}""", "Hi")]
    [InlineData("""{"id":{"a":[1]},"choices":[{"index":0,"delta":{"role":"x","content":"Hi"}}],"z":1}""", "Hi")]
    [InlineData("""{"contents":"my content","choices":[{"delta":{"content":"Hi"}}]}""", "Hi")]
    [InlineData("""{"choices":[{"delta":{"content":"a \"content\""}}]}""", "a \\\"content\\\"")]
    [InlineData("""{"choices":[{"delta":{"content":""}}]}""", "")]
    [InlineData("""{"choices":[{"delta":{"content":null}}]}""", null)]
    [InlineData("""{"choices":[{"delta":{"content":[]}}]}""", null)]
    [InlineData("""{"choices":[{"delta":{"role":"x"}}]}""", null)]
    [InlineData("""{"choices":[{"delta":"content"}]}""", null)]
    [InlineData("""{"choices":[{"delta":{"role":"x"},"content":"Hi"}]}""", null)]
    [InlineData("""{"choices":[{"message":{"content":"Hi"}}]}""", null)]
    [InlineData("""{"choices":[]}""", null)]
    [InlineData("""{"choices":{"delta":{"content":"Hi"}}}""", null)]
    [InlineData("""{"id":"c"}""", null)]
    [InlineData("[]", null)]
    [InlineData("""{"content":"a","choices":[{"delta":{"content":"Hi"}}]}""", null)]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}],"x":"content"}""", null)]
    [InlineData("""{"choices":[{"delta":{"content":"Hi","content":"b"}}]}""", null)]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"},"delta":{}}]}""", null)]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}],"choices":[]}""", null)]
    [InlineData("""{"a":"\n","choices":[{"delta":{"content":"Hi"}}]}""", null)]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}],"a":"\n"}""", null)]
    [InlineData("""{"\ud83d and more":1,"choices":[{"delta":{"content":"Hi"}}]}""", null)]
    [InlineData("""{"\ud83d":1,"choices":[{"\ud83d":1,"delta":{"\ud83dx":1,"content":"Hi"}}]}""", null)]
    public void Find_OfAChunk_IsItsTextWhenThatIsCertain(string chunk, string? expected)
    {
        var place = ChunkText.Find(Encoding.UTF8.GetBytes(chunk), TextSlot.Content);

        Assert.Equal(expected, place is { } found ? chunk.Substring(found.Start, found.End - found.Start) : null);
    }

    [Theory]
    [InlineData("\"}}],\"obfuscation\":\"xyz\"}", "xyz", "xyz")]
    [InlineData("\"}}],\"obfuscation\":\"\"}", "", "")]
    [InlineData("\"obfuscation\":\"x\"}", "x", "x")]
    [InlineData("\"}}]}", null, "")]
    [InlineData("\"}}],\"obfuscation\":\"xyz\",\"a\":1}", "xyz", null)]
    [InlineData("\"}}],\"obfuscation\":\"xyz\"} ", "xyz", null)]
    [InlineData("\"}}],\"obfuscation\":\"", "", null)]
    [InlineData("\"}}],\"obfuscation\":\"x\\n\"}", "x", null)]
    [InlineData("\"}}],\"other\":\"a very long text\"}", "xyz", null)]
    public void FindPadding_OfTheRest_IsItsPlaceWhenItStandsLast(string rest, string? padding, string? expected)
    {
        var place = ChunkText.FindPadding(Encoding.UTF8.GetBytes(rest), padding);

        Assert.Equal(expected, place is { } found ? rest.Substring(found.Start, found.End - found.Start) : null);
    }
}
