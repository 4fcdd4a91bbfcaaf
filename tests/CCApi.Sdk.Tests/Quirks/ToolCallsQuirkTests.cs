using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class ToolCallsQuirkTests
{
    [Theory]
    [InlineData("\"tool_calls\":null")]
    [InlineData("\"tool_calls\":[]")]
    [InlineData("\"other\":1")]
    public async Task ToolCalls_NullEmptyOrMissing_AreNone(string member)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"content":"Yes.",{{{member}}} }}]}""");

        Assert.Empty(read.ToolCalls);
    }

    [Theory]
    [InlineData("""{"id":"t1","type":"function","function":{"name":"find","arguments":"{\"q\":1}"}}""")]
    [InlineData("""{"index":null,"id":"t1","type":"function","function":{"name":"find","arguments":"{\"q\":1}"}}""")]
    [InlineData("""{"index":0,"id":"t1","type":"function","function":{"name":"find","arguments":"{\"q\":1}"}}""")]
    [InlineData("""{"index":3,"id":"t1","function":{"name":"find","arguments":"{\"q\":1}"}}""")]
    [InlineData("""{"id":"t1","type":null,"function":{"name":"find","arguments":"{\"q\":1}"}}""")]
    public async Task Index_AndTypeOfAWholeCall_MayBeMissing(string call)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"tool_calls":[{{{call}}}]},"finish_reason":"tool_calls"}]}""");

        Assert.Equal("t1 find {\"q\":1}", Describe(read));
    }

    [Theory]
    [InlineData("""{"id":"t1","type":"function","function":{"name":"find","arguments":"{\"q\":1}"}}""")]
    [InlineData("""{"0":{"index":0,"id":"t1","function":{"name":"find","arguments":"{\"q\":1}"}}}""")]
    public async Task ToolCalls_AsAnObject_AreTheirCalls(string calls)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"tool_calls":{{{calls}}}},"finish_reason":"tool_calls"}]}""");

        var call = Assert.Single(read.ToolCalls);
        Assert.Equal(("t1", "find", "{\"q\":1}"), (call.Id, call.Function?.Name, call.Function?.Arguments?.ToString()));
    }

    [Theory]
    [InlineData("""{"id":"t1","type":"function","name":"find","arguments":"{\"q\":1}"}""")]
    [InlineData("""{"id":"t1","name":"find","arguments":{"q":1}}""")]
    public async Task Function_WithoutItsObject_IsRead(string call)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"tool_calls":[{{{call}}}]},"finish_reason":"tool_calls"}]}""");

        var found = Assert.Single(read.ToolCalls);
        Assert.Equal(("find", "{\"q\":1}", true), (found.Function?.Name, found.Function?.Arguments?.ToString(), found.AdditionalProperties is null));
    }

    [Fact]
    public async Task ToolCalls_AsAnObjectInPieces_AreJoined()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"find","arguments":"{\"q\":1}"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":{"index":0,"id":"t1","function":{"name":"find","arguments":"{\"q\":"}}}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":{"index":0,"function":{"arguments":"1}"}}}}]}""");

        Assert.Equal("{\"q\":1}", Assert.Single(read.ToolCalls).Function?.Arguments?.ToString());
    }

    [Theory]
    [InlineData("""{"index":0,"function":{"arguments":"1}"}}""")]
    [InlineData("""{"index":0,"id":"t1","function":{"name":"","arguments":"1}"}}""")]
    [InlineData("""{"index":0,"id":"","type":"function","function":{"name":null,"arguments":"1}"}}""")]
    [InlineData("""{"index":0,"id":null,"function":{"name":"find","arguments":"1}"}}""")]
    [InlineData("""{"id":"t1","function":{"arguments":"1}"}}""")]
    [InlineData("""{"index":null,"function":{"arguments":"1}"}}""")]
    [InlineData("""{"function":{"arguments":"1}"}}""")]
    public async Task Id_AndNameOfALaterPiece_MayBeMissingEmptyOrRepeated(string second)
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"find","arguments":"{\"q\":1}"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"find","arguments":"{\"q\":"}}]}}]}""",
            $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{{{second}}}]}}]}""");

        Assert.Equal("t1 find {\"q\":1}", Describe(read));
    }

    [Theory]
    [InlineData("""{"index":0,"function":{"arguments":""}}""")]
    [InlineData("""{"index":0,"id":"","function":{"name":"","arguments":""}}""")]
    public async Task Id_ThatComesLate_IsStillTheId(string first)
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"find","arguments":"{}"}}]}}]}""",
            $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{{{first}}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"find","arguments":"{}"}}]}}]}""");

        Assert.Equal("t1 find {}", Describe(read));
    }

    [Fact]
    public async Task Index_DifferentIndexes_IsOneCallEach()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"find","arguments":"[1]"}},{"index":1,"id":"t2","function":{"name":"find","arguments":"[2]"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"find","arguments":"["}},{"index":1,"id":"t2","function":{"name":"find","arguments":"["}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"2]"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1]"}}]}}]}""");

        Assert.Equal("t1 find [1]|t2 find [2]", Describe(read));
    }

    [Fact]
    public async Task Index_Missing_IsANewCallForEachNewId()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"tool_calls":[{"id":"t1","function":{"name":"find","arguments":"[1]"}},{"id":"t2","function":{"name":"find","arguments":"[2]"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"id":"t1","function":{"name":"find","arguments":"[1"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"function":{"arguments":"]"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"id":"t2","function":{"name":"find","arguments":"[2]"}}]}}]}""");

        Assert.Equal("t1 find [1]|t2 find [2]", Describe(read));
    }

    [Fact]
    public async Task Index_ReusedByANewCall_IsANewCall()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"find","arguments":"[1]"}},{"index":0,"id":"t2","function":{"name":"sort","arguments":"[2]"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"find","arguments":"[1]"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t2","function":{"name":"sort","arguments":"[2"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"]"}}]}}]}""");

        Assert.Equal("t1 find [1]|t2 sort [2]", Describe(read));
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("null", "")]
    [InlineData("\"{\\\"q\\\":1}\"", "{\"q\":1}")]
    [InlineData("{\"q\": 1}", "{\"q\": 1}")]
    public async Task Arguments_OfAnyKind_AreTheirText(string arguments, string expected)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"find","arguments":{{{arguments}}}}}]}}]}""");

        Assert.Equal(expected, read.ToolCalls.Single().Function!.Arguments.GetValueOrDefault().ToString());
    }

    [Fact]
    public async Task Arguments_CutAnywhere_AreJoined()
    {
        const string Arguments = "{\"q\":\"a \\\"fox\\\" \\n é\"}";
        for (var cut = 0; cut <= Arguments.Length; cut++)
        {
            var read = await ChatScript.AssembleAsync(
                $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"find","arguments":{{{Quote(Arguments.Substring(0, cut))}}} }}]}}]}""",
                $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":{{{Quote(Arguments.Substring(cut))}}} }}]}}]}""");

            Assert.Equal(Arguments, read.ToolCalls.Single().Function!.Arguments.ToString());
        }
    }

    [Fact]
    public async Task FunctionCall_OfOldModels_IsKept()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"content":null,"function_call":{"name":"find","arguments":"{\"q\":1}"}},"finish_reason":"function_call"}]}""",
            """{"choices":[{"index":0,"delta":{"function_call":{"name":"find","arguments":"{\"q"}}}]}""",
            """{"choices":[{"index":0,"delta":{"function_call":{"arguments":"\":1}"}},"finish_reason":"function_call"}]}""");

        Assert.Equal("""{"name":"find","arguments":"{\"q\":1}"}""", read.Choices![0].Message!.AdditionalProperties!["function_call"].GetRawText());
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, JsonTypes.Text);

    private static string Describe(ChatCompletionResponse response) =>
        string.Join("|", response.ToolCalls.Select(call => $"{call.Id} {call.Function?.Name} {call.Function?.Arguments}"));
}
