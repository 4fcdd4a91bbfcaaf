using System;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatCompletionResponseTests
{
    [Fact]
    public void Message_InTheNextRequest_IsAsItCame()
    {
        const string message = """{"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":"s"},{"type":"vendor","x":1}],"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\": 1}"}}],"reasoning_details":[{"type":"reasoning.encrypted","data":"d"}],"x":{"y":[1]}}""";
        var response = Wire.Read<ChatCompletionResponse>($$"""{"choices":[{"index":1},{"index":0,"message":{{message}}}]}""");

        var request = new ChatCompletionRequest { Model = "m", Messages = [response.Message!] };

        Assert.Equal($$"""{"model":"m","messages":[{{message}}]}""", Wire.Write(request));
        Assert.Null(new ChatCompletionResponse().Message);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"choices":null}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[null]}""")]
    [InlineData("""{"choices":"none"}""")]
    [InlineData("""{"choices":[{}]}""")]
    [InlineData("""{"choices":[{"index":0,"message":null,"finish_reason":null}]}""")]
    [InlineData("""{"choices":[{"index":0,"message":{"content":null}}]}""")]
    public void Shortcuts_OfAnEmptyResponse_AreNullOrEmpty(string json)
    {
        var response = Wire.Read<ChatCompletionResponse>(json);

        Assert.Null(response.Text);
        Assert.Null(response.Reasoning);
        Assert.Null(response.FinishReason);
        Assert.Empty(response.ToolCalls);
        Assert.False(response.IsTruncated);
    }

    [Fact]
    public void Usage_WithoutChoices_IsKept()
    {
        var response = Wire.Read<ChatCompletionResponse>("""{"choices":[],"usage":{"total_tokens":"12"}}""");

        Assert.Equal(12, response.Usage?.TotalTokens);
    }

    [Theory]
    [InlineData("""{"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]}""", "a")]
    [InlineData("""{"choices":[{"index":1,"message":{"content":"b"}},{"message":{"content":"a"}}]}""", "a")]
    [InlineData("""{"choices":[{"index":2,"message":{"content":"c"}},{"index":1,"message":{"content":"b"}}]}""", "c")]
    [InlineData("""{"choices":[{"index":"0","message":{"content":"a"}}]}""", "a")]
    [InlineData("""{"choices":[{"message":{"content":"a"}},{"index":0,"message":{"content":"b"}}]}""", "a")]
    public void Text_OfSeveralChoices_IsThatOfIndexZero(string json, string expected)
    {
        var response = Wire.Read<ChatCompletionResponse>(json);

        Assert.Equal(expected, response.Text);
    }

    [Fact]
    public void Text_OfParts_IsTheTextPartsJoined()
    {
        var response = Respond("""
            {"content":[{"type":"text","text":"a"},{"type":"thinking","thinking":"t"},{"type":"image_url","image_url":{"url":"u"}},
            {"type":"vendor","x":1},{"type":"text","text":"b"}]}
            """);

        Assert.Equal("ab", response.Text);
    }

    [Theory]
    [InlineData("""{"reasoning_content":"one","reasoning":"two","content":[{"type":"thinking","thinking":"three"}],"reasoning_details":[{"text":"four"}]}""", "one")]
    [InlineData("""{"reasoning_content":"","reasoning":"two","content":[{"type":"thinking","thinking":"three"}],"reasoning_details":[{"text":"four"}]}""", "two")]
    [InlineData("""{"reasoning":"","content":[{"type":"thinking","thinking":"three"}],"reasoning_details":[{"text":"four"}]}""", "three")]
    [InlineData("""{"content":"text","reasoning_details":[{"type":"reasoning.text","text":"fo"},{"type":"reasoning.summary","summary":"ur"}]}""", "four")]
    [InlineData("""{"reasoning_details":[{"type":"reasoning.encrypted","data":"Zm9v"},7,null,{"text":null,"summary":"s"}]}""", "s")]
    [InlineData("""{"reasoning_details":[{"type":"reasoning.encrypted","data":"Zm9v"}]}""", null)]
    [InlineData("""{"reasoning_details":{"text":"not a list"}}""", null)]
    [InlineData("""{"reasoning_content":"","reasoning":"","content":""}""", null)]
    [InlineData("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}""", "ab")]
    [InlineData("""{"content":[{"type":"reasoning","reasoning":"a"},{"type":"reasoning","text":"b"},{"type":"text","text":"c"}]}""", "ab")]
    public void Reasoning_OfSeveralMembers_IsTheFirstThatIsNotEmpty(string message, string? expected)
    {
        var response = Respond(message);

        Assert.Equal(expected, response.Reasoning);
    }

    [Fact]
    public void Reasoning_OfCutCharacters_NeverThrows()
    {
        var response = Respond("""{"reasoning_details":[{"text":"a\ud83d"}]}""");

        Assert.Equal("a\uD83D", response.Reasoning);
    }

    [Theory]
    [InlineData("\"stop\"", "stop")]
    [InlineData("\"eos_token\"", "eos_token")]
    [InlineData("\"STOP\"", "STOP")]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void FinishReason_OfAnyValue_IsVerbatimOrNull(string reason, string? expected)
    {
        var response = Wire.Read<ChatCompletionResponse>($"{{\"choices\":[{{\"finish_reason\":{reason}}}]}}");

        Assert.Equal(expected, response.FinishReason?.Value);
    }

    [Fact]
    public void ToolCalls_OfAResponse_AreThoseOfTheMessage()
    {
        var response = Respond("""{"content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":{"a":1}}}]}""");

        var call = Assert.Single(response.ToolCalls);

        Assert.Equal("call_1", call.Id);
        Assert.Equal("f", call.Function?.Name);
        Assert.Equal("""{"a":1}""", call.Function?.Arguments.ToString());
        Assert.Null(response.Text);
    }

    [Fact]
    public void ToolCalls_OfEmptyArguments_AreTheEmptyText()
    {
        var response = Respond("""{"tool_calls":[{"function":{"name":"f","arguments":null}},{"function":{"name":"g","arguments":""}}]}""");

        Assert.Equal("", response.ToolCalls[0].Function?.Arguments.ToString() ?? "");
        Assert.Equal("", response.ToolCalls[1].Function?.Arguments.ToString());
    }

    [Fact]
    public void IsTruncated_WhenSet_IsNotWritten()
    {
        var response = new ChatCompletionResponse { Id = "x", IsTruncated = true };

        var json = Wire.Write(response);

        Assert.True(response.IsTruncated);
        Assert.Equal("""{"id":"x"}""", json);
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("1.5", "1.5")]
    [InlineData("\"\"", "")]
    [InlineData("null", null)]
    public void Id_OfAnyType_IsText(string id, string? expected)
    {
        var response = Wire.Read<ChatCompletionResponse>($"{{\"id\":{id}}}");

        Assert.Equal(expected, response.Id);
    }

    [Theory]
    [InlineData("1793701778")]
    [InlineData("\"1793701778\"")]
    [InlineData("1793701778.0")]
    [InlineData("1793701778000")]
    public void CreatedAt_OfAnySpelling_IsTheDate(string created)
    {
        var response = Wire.Read<ChatCompletionResponse>($"{{\"created\":{created}}}");

        Assert.Equal(new DateTimeOffset(2026, 11, 3, 10, 29, 38, TimeSpan.Zero), response.CreatedAt);
    }

    private static ChatCompletionResponse Respond(string message) =>
        Wire.Read<ChatCompletionResponse>($"{{\"choices\":[{{\"index\":0,\"message\":{message}}}]}}");
}
