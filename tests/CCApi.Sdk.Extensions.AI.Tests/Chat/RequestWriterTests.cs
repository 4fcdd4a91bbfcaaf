using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat;
using ChatRole = Microsoft.Extensions.AI.ChatRole;
using ReasoningEffort = Microsoft.Extensions.AI.ReasoningEffort;

namespace CCApi.Sdk.Extensions.AI.Tests.Chat;

public sealed class RequestWriterTests : IDisposable
{
    private const string Hello = """[{"role":"user","content":"Hello"}]""";

    private readonly CannedGateway _gateway = new();

    [Fact]
    public Task Write_WithoutOptions_SendsModelAndMessagesOnly() =>
        AssertSentAsync(null, """{"model":"m","messages":@hello}""");

    [Fact]
    public Task Write_WithEveryScalarOption_SendsEachUnderItsWireName() => AssertSentAsync(
        new ChatOptions
        {
            ModelId = "other",
            Instructions = "Be brief.",
            Temperature = 0.7f,
            TopP = 0.95f,
            TopK = 40,
            MaxOutputTokens = 100,
            FrequencyPenalty = -0.5f,
            PresencePenalty = 1.25f,
            Seed = 42,
            StopSequences = ["END", "STOP"],
        },
        """
        {"model":"other","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}],
         "temperature":0.7,"top_p":0.95,"top_k":40,"max_tokens":100,"frequency_penalty":-0.5,"presence_penalty":1.25,"seed":42,"stop":["END","STOP"]}
        """);

    [Theory]
    [InlineData(ReasoningEffort.None, "none")]
    [InlineData(ReasoningEffort.Low, "low")]
    [InlineData(ReasoningEffort.Medium, "medium")]
    [InlineData(ReasoningEffort.High, "high")]
    [InlineData(ReasoningEffort.ExtraHigh, "xhigh")]
    public Task Write_WithReasoningEffort_SendsReasoningEffort(ReasoningEffort effort, string expected) => AssertSentAsync(
        new ChatOptions { Reasoning = new ReasoningOptions { Effort = effort } },
        $$"""{"model":"m","messages":@hello,"reasoning_effort":"{{expected}}"}""");

    [Fact]
    public Task Write_WithAdditionalProperties_SendsThemAsMembers() => AssertSentAsync(
        new ChatOptions
        {
            AdditionalProperties = new()
            {
                ["n"] = 2,
                ["user"] = "u-1",
                ["transforms"] = new[] { "middle-out" },
                ["plugins"] = new Dictionary<string, object?> { ["id"] = "web" },
                ["provider"] = JsonNode.Parse("""{"order":["a"]}"""),
                ["flag"] = true,
                ["nothing"] = null,
                ["element"] = JsonElement.Parse("[1]"),
            },
        },
        """
        {"model":"m","messages":@hello,"n":2,"user":"u-1","transforms":["middle-out"],"plugins":{"id":"web"},"provider":{"order":["a"]},
         "flag":true,"nothing":null,"element":[1]}
        """);

    [Fact]
    public Task Write_WithAPropertyThatAnOptionSetsToo_SendsTheOption() => AssertSentAsync(
        new ChatOptions { Temperature = 0.5f, AdditionalProperties = new() { ["temperature"] = 2, ["stream"] = true, ["model"] = "x" } },
        """{"model":"m","messages":@hello,"temperature":0.5}""");

    [Fact]
    public async Task Write_WithAPropertyThatIsNotJson_Throws()
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["handle"] = typeof(string) } };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Chat.GetResponseAsync("Hello", options));

        Assert.StartsWith("The additional property handle cannot be written as JSON", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_gateway.Bodies);
    }

    [Fact]
    public async Task Write_WithAPropertyWithoutAValue_Throws()
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["handle"] = default(JsonElement) } };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Chat.GetResponseAsync("Hello", options));

        Assert.StartsWith("The additional property handle cannot be written as JSON", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WithAnObjectAmongTheProperties_SendsItWithoutWhiteSpace()
    {
        _gateway.Message("""{"content":"Hi"}""");

        await Chat.GetResponseAsync("Hello", new ChatOptions { AdditionalProperties = new() { ["provider"] = new Dictionary<string, object?> { ["order"] = new[] { "a", "ü" } } } });

        Assert.EndsWith(""","provider":{"order":["a","ü"]}}""", _gateway.Bodies[0], StringComparison.Ordinal);
    }

    public static TheoryData<string, ChatOptions> NotFinite => new()
    {
        { "Temperature", new() { Temperature = float.NaN } },
        { "TopP", new() { TopP = float.PositiveInfinity } },
        { "PresencePenalty", new() { PresencePenalty = float.NegativeInfinity } },
        { "FrequencyPenalty", new() { FrequencyPenalty = float.NaN } },
    };

    [Theory]
    [MemberData(nameof(NotFinite))]
    public async Task Write_WithANumberThatIsNotFinite_ThrowsWithItsName(string name, ChatOptions options)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(nameof(options), () => Chat.GetResponseAsync("Hello", options));

        Assert.StartsWith($"{name} is ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WithAToolOrContentThatIsNull_Throws()
    {
        await Assert.ThrowsAsync<ArgumentException>("options", () => Chat.GetResponseAsync("Hello", new ChatOptions { Tools = [null!] }));
        await Assert.ThrowsAsync<ArgumentException>("messages", () => Chat.GetResponseAsync([new ChatMessage(ChatRole.User, [null!])]));
        await Assert.ThrowsAsync<ArgumentException>("messages", () => Chat.GetResponseAsync([new ChatMessage(ChatRole.Assistant, [new TextContent("a"), null!])]));
    }

    [Fact]
    public async Task Write_WithRequestOptionsAmongTheProperties_UsesThemForTheCall()
    {
        var call = new CCApiRequestOptions { IdempotencyKey = "once" };
        call.Headers["x-tenant"] = "42";
        var options = new ChatOptions { AdditionalProperties = new() { ["ccapi"] = call } };

        await AssertSentAsync(options, """{"model":"m","messages":@hello}""");

        Assert.Equal("42", Assert.Single(_gateway.Headers[0].GetValues("x-tenant")));
        Assert.Equal("once", Assert.Single(_gateway.Headers[0].GetValues("Idempotency-Key")));
        Assert.False(call.IsInstrumentedByCaller);
    }

    [Fact]
    public async Task Write_WithARequestOfTheCaller_FillsOnlyWhatIsNull()
    {
        var own = new ChatCompletionRequest
        {
            Messages = [Models.ChatMessage.System("First.")],
            Temperature = 1,
            MaxCompletionTokens = 5,
            Tools = [ChatTool.Create("own")],
            AdditionalProperties = new Dictionary<string, JsonElement> { ["x"] = JsonElement.Parse("1") },
        };
        IChatClient? given = null;
        var options = new ChatOptions
        {
            RawRepresentationFactory = client =>
            {
                given = client;
                return own;
            },
            Temperature = 0,
            TopP = 0.5f,
            MaxOutputTokens = 100,
            Tools = [AIFunctionFactory.CreateDeclaration("other", null, JsonElement.Parse("""{"type":"object"}"""))],
            AdditionalProperties = new() { ["x"] = 2, ["y"] = 3 },
        };

        await AssertSentAsync(
            options,
            """
            {"model":"m","messages":[{"role":"system","content":"First."},{"role":"user","content":"Hello"}],"temperature":1,"top_p":0.5,"max_completion_tokens":5,
             "tools":[{"type":"function","function":{"name":"own"}},{"type":"function","function":{"name":"other","parameters":{"type":"object"}}}],"x":1,"y":3}
            """);

        Assert.NotNull(given);
        Assert.Null(own.Model);
        Assert.Single(own.Tools);
    }

    [Fact]
    public Task Write_WithModelsOfTheCaller_SendsNoModel() => AssertSentAsync(
        new ChatOptions { ModelId = "z", RawRepresentationFactory = _ => new ChatCompletionRequest { Messages = [], Models = ["a", "b"] } },
        """{"models":["a","b"],"messages":@hello}""");

    [Theory]
    [InlineData("", "other")]
    [InlineData(" ", "other")]
    [InlineData("", "")]
    [InlineData(null, " ")]
    public Task Write_WithModelsThatAreEmpty_SendsTheNextOne(string? own, string option) => AssertSentAsync(
        new ChatOptions { ModelId = option, RawRepresentationFactory = _ => new ChatCompletionRequest { Model = own, Messages = [] } },
        $$"""{"model":"{{(option == "other" ? "other" : "m")}}","messages":@hello}""");

    [Fact]
    public Task Write_WithAFunction_SendsItsSchema() => AssertSentAsync(
        new ChatOptions
        {
            Tools = [AIFunctionFactory.Create(([Description("In English")] string city) => city, "get_weather", "Current weather")],
            ToolMode = ChatToolMode.Auto,
            AllowMultipleToolCalls = false,
        },
        """
        {"model":"m","messages":@hello,"tools":[{"type":"function","function":{"name":"get_weather","description":"Current weather",
         "parameters":{"type":"object","properties":{"city":{"description":"In English","type":"string"}},"required":["city"]}}}],
         "tool_choice":"auto","parallel_tool_calls":false}
        """);

    [Fact]
    public Task Write_WithStrict_SendsStrictSchemas() => AssertSentAsync(
        new ChatOptions
        {
            Tools = [AIFunctionFactory.CreateDeclaration("f", "F", JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"integer"}}}"""))],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object","properties":{"b":{"type":"string"}}}"""), "Answer Form"),
            AdditionalProperties = new() { ["strict"] = true },
        },
        """
        {"model":"m","messages":@hello,
         "tools":[{"type":"function","function":{"name":"f","description":"F","strict":true,
          "parameters":{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false,"required":["a"]}}}],
         "response_format":{"type":"json_schema","json_schema":{"name":"Answer_Form","strict":true,
          "schema":{"type":"object","properties":{"b":{"type":"string"}},"additionalProperties":false,"required":["b"]}}}}
        """);

    public static TheoryData<string, string> ToolModes => new()
    {
        { "auto", "\"auto\"" },
        { "none", "\"none\"" },
        { "any", "\"required\"" },
        { "f", """{"type":"function","function":{"name":"f"}}""" },
    };

    [Theory]
    [MemberData(nameof(ToolModes))]
    public async Task Write_WithAToolMode_SendsToolChoice(string mode, string expected)
    {
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.CreateDeclaration("f", null, JsonElement.Parse("{}"))],
            ToolMode = mode switch
            {
                "auto" => ChatToolMode.Auto,
                "none" => ChatToolMode.None,
                "any" => ChatToolMode.RequireAny,
                _ => ChatToolMode.RequireSpecific(mode),
            },
        };
        _gateway.Message("""{"content":"Hi"}""");

        await Chat.GetResponseAsync("Hello", options);

        Wire.AssertEqual(expected, JsonNode.Parse(_gateway.Bodies[0])!["tool_choice"]!.ToJsonString());
    }

    [Fact]
    public Task Write_WithAToolModeButNoTool_SendsNeither() => AssertSentAsync(
        new ChatOptions { ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = true, Tools = [] },
        """{"model":"m","messages":@hello}""");

    [Fact]
    public Task Write_WithTextFormat_SendsIt() =>
        AssertSentAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.Text }, """{"model":"m","messages":@hello,"response_format":{"type":"text"}}""");

    [Fact]
    public Task Write_WithJsonFormat_SendsIt() =>
        AssertSentAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, """{"model":"m","messages":@hello,"response_format":{"type":"json_object"}}""");

    [Fact]
    public Task Write_WithASchema_SendsIt() => AssertSentAsync(
        new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}"""), schemaDescription: "A form") },
        """
        {"model":"m","messages":@hello,"response_format":{"type":"json_schema","json_schema":{"name":"response","description":"A form","schema":{"type":"object"}}}}
        """);

    [Fact]
    public async Task Write_WithAToolThatIsNotAFunction_ThrowsWithItsNameAndWhatIsAccepted()
    {
        var options = new ChatOptions { Tools = [new HostedWebSearchTool()] };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Chat.GetResponseAsync("Hello", options));

        Assert.Contains("HostedWebSearchTool", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AIFunction", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_gateway.Bodies);
    }

    [Fact]
    public async Task Write_WithAConversationId_Throws()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Chat.GetResponseAsync("Hello", new ChatOptions { ConversationId = "c1" }));

        Assert.StartsWith("ConversationId is 'c1', but the gateway keeps no conversations", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_WithoutAMessage_Throws(bool isStream)
    {
        var call = isStream
            ? async () => await Chat.GetStreamingResponseAsync([]).ToListAsync()
            : (Func<Task>)(() => Chat.GetResponseAsync([]));

        var exception = await Assert.ThrowsAsync<ArgumentException>(call);

        Assert.StartsWith("The conversation has no message: pass at least one with content", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WithMessagesWithoutContent_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Chat.GetResponseAsync([new ChatMessage(ChatRole.User, [])]));

    [Fact]
    public async Task Write_ForAStream_AsksForItAndItsUsage()
    {
        _gateway.Events("""{"id":"r1","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}""");

        await Chat.GetStreamingResponseAsync("Hello", new ChatOptions { Temperature = 0 }).ToListAsync();

        _gateway.AssertSent("""{"model":"m","messages":[{"role":"user","content":"Hello"}],"stream":true,"stream_options":{"include_usage":true},"temperature":0}""");
    }

    public void Dispose() => _gateway.Dispose();

    private IChatClient Chat => _gateway.Client.Chat.AsIChatClient("m");

    private async Task AssertSentAsync(ChatOptions? options, string expected)
    {
        _gateway.Message("""{"content":"Hi"}""");

        await Chat.GetResponseAsync("Hello", options);

        _gateway.AssertSent(expected.Replace("@hello", Hello, StringComparison.Ordinal));
    }
}
