using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class UsageQuirkTests
{
    private const string Choices = """[{"index":0,"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}]""";

    private const string Delta = """{"choices":[{"index":0,"delta":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}]}""";

    [Theory]
    [InlineData("\"usage\":null")]
    [InlineData("\"other\":1")]
    [InlineData("\"usage\":[]")]
    [InlineData("\"x_groq\":{\"id\":\"r1\"}")]
    [InlineData("\"x_groq\":{\"usage\":null}")]
    public async Task Usage_NullOrMissing_IsNull(string member)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":{{{Choices}}},{{{member}}}}""");

        Assert.Null(read.Usage);
    }

    [Fact]
    public async Task Usage_InEveryChunk_IsTheLast()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"content":"Yes, please."}}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""",
            """{"choices":[{"index":0,"delta":{"content":"Yes, "}}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""",
            """{"choices":[{"index":0,"delta":{"content":"please."}}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""",
            """{"choices":[{"index":0,"delta":{}}],"usage":null}""");

        Assert.Equal("3 + 2 = 5", Describe(read));
    }

    [Theory]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""")]
    [InlineData("""{"choices":null,"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""")]
    [InlineData("""{"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{}}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""")]
    public async Task Usage_InTheLastChunkOnly_IsRead(string last)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":{{{Choices}}},"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""", Delta, last);

        Assert.Equal("3 + 2 = 5", Describe(read));
    }

    [Fact]
    public async Task Usage_InsideAChoice_IsRead()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop","usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}]}""",
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":"Yes."}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}]}""");

        Assert.Equal("3 + 2 = 5", Describe(read));
    }

    [Fact]
    public async Task Usage_UnderXGroq_IsRead()
    {
        var read = await BothWays.ReadAsync(
            $$$"""{"choices":{{{Choices}}},"x_groq":{"id":"r1","usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}} }""",
            """{"choices":[],"x_groq":{"id":"r1"}}""",
            Delta,
            """{"choices":[],"x_groq":{"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}}""");

        Assert.Equal("3 + 2 = 5", Describe(read));
    }

    [Theory]
    [InlineData("\"x_groq\":{\"usage\":{\"total_tokens\":7}}")]
    [InlineData("\"y\":1")]
    public async Task Usage_OfTheResponse_TakesPrecedence(string member)
    {
        var read = await BothWays.ReadAsync(
            $$$"""{"choices":[{"index":0,"message":{"content":"Yes."},"usage":{"total_tokens":8}}],{{{member}}},"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""");

        Assert.Equal("3 + 2 = 5", Describe(read));
    }

    [Theory]
    [InlineData("3.0", "2.0", "5.0")]
    [InlineData("\"3\"", "\"2\"", "\"5\"")]
    [InlineData("3e0", "2", "5.0")]
    public async Task Counts_AsFloatsOrStrings_AreRead(string prompt, string completion, string total)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":{{{Choices}}},"usage":{"prompt_tokens":{{{prompt}}},"completion_tokens":{{{completion}}},"total_tokens":{{{total}}} }}""");

        Assert.Equal("3 + 2 = 5", Describe(read));
    }

    [Fact]
    public async Task Usage_WithMembersOfItsOwn_KeepsThem()
    {
        const string Usage =
            """{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,"cost":0.00012,"is_byok":false,"cost_details":{"upstream_inference_cost":null,"parts":[1.5]},"queue_time":0.01}""";

        var read = await BothWays.ReadAsync($$$"""{"choices":{{{Choices}}},"usage":{{{Usage}}}}""");

        Assert.Empty(JsonTree.Differences(Usage, Wire.Write(read.Usage!)));
    }

    private static string Describe(ChatCompletionResponse response) =>
        $"{response.Usage?.PromptTokens} + {response.Usage?.CompletionTokens} = {response.Usage?.TotalTokens}";
}
