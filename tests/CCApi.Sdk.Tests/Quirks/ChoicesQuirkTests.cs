using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class ChoicesQuirkTests
{
    [Theory]
    [InlineData("""{"id":"c1","choices":[]}""", null)]
    [InlineData("""{"id":"c1","choices":null}""", null)]
    [InlineData("""{"id":"c1"}""", null)]
    [InlineData("""{"id":"c1","choices":[],"usage":{"total_tokens":9}}""", 9)]
    [InlineData("""{"id":"c1","choices":null,"usage":{"total_tokens":9}}""", 9)]
    [InlineData("""{"usage":{"total_tokens":9}}""", 9)]
    [InlineData("""{"id":"c1","choices":{"0":"what"},"usage":{"total_tokens":9}}""", 9)]
    public async Task Choices_EmptyNullOrMissing_HaveNullTextAndKeepTheUsage(string response, int? tokens)
    {
        var read = await BothWays.ReadAsync(response);

        Assert.Equal((null, null, 0, tokens), (read.Text, read.FinishReason?.Value, read.ToolCalls.Count, (int?)read.Usage?.TotalTokens));
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"index":null,"message":{"content":"Yes."},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"index":"0","message":{"content":"Yes."},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"index":0.0,"message":{"content":"Yes."},"finish_reason":"stop"}]}""")]
    public async Task Index_Missing_IsZero(string response)
    {
        var read = await BothWays.ReadAsync(response);

        Assert.Equal(("Yes.", "stop"), (read.Text, read.FinishReason?.Value));
    }

    [Theory]
    [InlineData("""{"index":0,"message":{"content":"Yes."},"finish_reason":"stop"}""")]
    [InlineData("""{"0":{"index":0,"message":{"content":"Yes."},"finish_reason":"stop"}}""")]
    public async Task Choices_AsAnObject_AreItsChoices(string choices)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":{{{choices}}},"usage":{"total_tokens":9}}""");

        Assert.Equal(("Yes.", "stop", 9), (read.Text, read.FinishReason?.Value, read.Usage?.TotalTokens));
    }

    [Fact]
    public async Task Choices_AsAnObjectInPieces_AreJoined()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"Yes, please."},"finish_reason":"stop"}]}""",
            """{"choices":{"index":0,"delta":{"role":"assistant","content":"Yes, "}}}""",
            """{"choices":{"0":{"delta":{"content":"please."}}}}""",
            """{"choices":{"delta":{},"finish_reason":"stop"}}""");

        Assert.Equal("Yes, please.", read.Text);
    }

    [Fact]
    public async Task Index_MissingInPartsOfAStream_IsTheSameChoice()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"Yes, please."},"finish_reason":"stop"}]}""",
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":"Yes, "}}]}""",
            """{"choices":[{"delta":{"content":"please."}}]}""",
            """{"choices":[{"index":null,"delta":{},"finish_reason":"stop"}]}""");

        Assert.Equal("Yes, please.", read.Text);
    }

    [Fact]
    public async Task Choices_Several_AreDistinguished()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"},{"index":1,"message":{"role":"assistant","content":"No."},"finish_reason":"length"}]}""",
            """{"choices":[{"index":1,"delta":{"content":"N"}},{"index":0,"delta":{"content":"Yes"}}]}""",
            """{"choices":[{"index":1,"delta":{"content":"o."},"finish_reason":"length"}]}""",
            """{"choices":[{"index":0,"delta":{"content":"."},"finish_reason":"stop"}]}""");

        Assert.Equal(["Yes.", "No."], read.Choices!.Select(choice => choice.Message?.Content?.Text));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"message":null,"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"index":0,"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"index":0,"message":{},"finish_reason":"stop"}]}""")]
    public async Task Message_NullOrMissing_HasNullText(string response)
    {
        var read = await BothWays.ReadAsync(response);

        Assert.Equal((null, "stop"), (read.Text, read.FinishReason?.Value));
    }

    [Fact]
    public async Task Message_OfAnotherType_HasNullTextAndIsKept()
    {
        const string Json = """{"choices":[{"index":0,"finish_reason":"stop","message":[]}]}""";

        var read = await BothWays.CompleteAsync(Json);

        Assert.Equal((null, "stop"), (read.Text, read.FinishReason?.Value));
        Assert.Equal(Json, Wire.Write(read));
    }

    [Fact]
    public async Task Message_BesideADelta_DoesNotCount()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"One, two."},"finish_reason":"stop"}]}""",
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":"One, "},"message":{"role":"assistant","content":"One, "}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"two."},"message":{"role":"assistant","content":"One, two."},"finish_reason":"stop"}]}""");

        Assert.Equal("One, two.", read.Text);
    }

    [Fact]
    public async Task Message_RepeatedWholeAtTheEnd_DoesNotCount()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"One, two."},"finish_reason":"stop"}]}""",
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":"One, "}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"two."}}]}""",
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"One, two.","name":"again"},"finish_reason":"stop"}]}""");

        Assert.Equal("One, two.", read.Text);
    }

    [Fact]
    public async Task Message_OfAStreamWithoutDeltas_Counts()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"One, two."},"finish_reason":"stop"}]}""",
            """{"choices":[{"index":0,"delta":null}]}""",
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"One, two."},"finish_reason":"stop"}]}""");

        Assert.Equal("One, two.", read.Text);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"assistant\"")]
    [InlineData("\"ASSISTANT\"")]
    public async Task Role_NullOrEmpty_IsTheAssistants(string role)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"role":{{{role}}},"content":"Yes."}}]}""");

        Assert.Equal("assistant", read.Choices![0].Message!.Role!.Value.Value, ignoreCase: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"role\":\"assistant\",")]
    [InlineData("\"role\":null,")]
    [InlineData("\"role\":\"\",")]
    public async Task Role_RepeatedOrNeverSent_IsTheAssistants(string role)
    {
        var read = await BothWays.ReadAsync(
            $$$"""{"choices":[{"index":0,"message":{ {{{role}}}"content":"Yes, please."}}]}""",
            $$$"""{"choices":[{"index":0,"delta":{ {{{role}}}"content":"Yes, "}}]}""",
            $$$"""{"choices":[{"index":0,"delta":{ {{{role}}}"content":"please."}}]}""");

        Assert.Equal("assistant", read.Choices![0].Message!.Role!.Value.Value);
    }

    [Theory]
    [InlineData("\"finish_reason\":null", null)]
    [InlineData("\"finish_reason\":\"\"", null)]
    [InlineData("\"other\":1", null)]
    [InlineData("\"finish_reason\":\"eos\"", "eos")]
    [InlineData("\"finish_reason\":\"eos_token\"", "eos_token")]
    [InlineData("\"finish_reason\":\"tool_call\"", "tool_call")]
    [InlineData("\"finish_reason\":\"error\"", "error")]
    [InlineData("\"finish_reason\":\"STOP\"", "STOP")]
    public async Task FinishReason_OfAnyKind_IsVerbatimOrNull(string member, string? expected)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"content":"Yes."},{{{member}}}}]}""");

        Assert.Equal(expected, read.FinishReason?.Value);
    }

    [Theory]
    [InlineData("\"stop\"", "\"tool_calls\"", "tool_calls")]
    [InlineData("\"stop\"", "\"\"", "stop")]
    [InlineData("\"stop\"", "null", "stop")]
    [InlineData("\"\"", "\"length\"", "length")]
    public async Task FinishReason_SentTwice_IsTheLastThatSaysSomething(string first, string second, string expected)
    {
        var read = await BothWays.ReadAsync(
            $$$"""{"choices":[{"index":0,"message":{"content":"Yes."},"finish_reason":"{{{expected}}}"}]}""",
            $$$"""{"choices":[{"index":0,"delta":{"content":"Yes."},"finish_reason":{{{first}}}}]}""",
            $$$"""{"choices":[{"index":0,"delta":{},"finish_reason":{{{second}}}}]}""",
            """{"choices":[],"usage":null}""");

        Assert.Equal(expected, read.FinishReason?.Value);
    }
}
