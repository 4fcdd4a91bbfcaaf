using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class LogprobsAssemblerTests
{
    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"content":[]}""", """{"content":[]}""", """{"content":null}""")]
    [InlineData("""{"content":[{"token":"a"},{"token":"b"}],"refusal":[{"token":"r"}]}""", """{"content":[{"token":"a"}]}""", """{"content":[{"token":"b"}],"refusal":[{"token":"r"}]}""")]
    [InlineData("""{"tokens":["a","b"],"token_logprobs":[-1,-2]}""", """{"tokens":["a"],"token_logprobs":[-1]}""", """{"tokens":["b"],"token_logprobs":[-2]}""")]
    public void ToLogprobs_OfPieces_PutsThemTogether(string expected, params string[] pieces)
    {
        var logprobs = new LogprobsAssembler();
        foreach (var piece in pieces.Select(Wire.Read<ChatLogprobs>))
        {
            logprobs.Add(piece);
        }

        Assert.Empty(JsonTree.Differences(expected, Wire.Write(logprobs.ToLogprobs()!)));
    }

    [Fact]
    public void ToLogprobs_OfNothing_IsNull()
    {
        var logprobs = new LogprobsAssembler();

        logprobs.Add(piece: null);

        Assert.Null(logprobs.ToLogprobs());
    }
}
