using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatRole = Microsoft.Extensions.AI.ChatRole;

namespace CCApi.Sdk.Extensions.AI.Tests.Chat;

/// <summary>
/// The table of docs/extensions-ai.md: each kind of content, sent and received, plain and streamed. What is received must go back
/// in the next request in the form that it came in.
/// </summary>
public sealed class ContentTableTests : IDisposable
{
    // A PNG's first bytes, an MP3's and a PDF's.
    private const string Png = "iVBORw0KGgo=";
    private const string Mp3 = "SUQzBAAAAAA=";
    private const string Pdf = "JVBERi0xLjc=";

    private readonly CannedGateway _gateway = new();

    private IChatClient Chat => _gateway.Client.Chat.AsIChatClient("m");

    /// <summary>Content, and the message of the user that it is sent as.</summary>
    public static TheoryData<string, AIContent[], string> Sent => new()
    {
        { "text", [new TextContent("Hello")], """{"role":"user","content":"Hello"}""" },
        { "empty text", [new TextContent("")], """{"role":"user","content":""}""" },
        { "white space", [new TextContent(" ")], """{"role":"user","content":" "}""" },
        { "texts", [new TextContent("a"), new TextContent("b")], """{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}""" },
        {
            "image data", [new TextContent("See"), new DataContent(Bytes(Png), "image/png")],
            $$$"""{"role":"user","content":[{"type":"text","text":"See"},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}}]}"""
        },
        {
            "image address",
            [new UriContent("https://images.test/a.png", "image/png") { AdditionalProperties = new() { ["detail"] = "high" } }],
            """{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://images.test/a.png","detail":"high"}}]}"""
        },
        {
            "image address that is data", [new UriContent($"data:image/png;base64,{Png}", "image/png")],
            $$$"""{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}}]}"""
        },
        {
            "sound", [new DataContent(Bytes(Mp3), "audio/mpeg")],
            $$$"""{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"{{{Mp3}}}","format":"mp3"}}]}"""
        },
        {
            "file with a name", [new DataContent(Bytes(Pdf), "application/pdf") { Name = "plan.pdf" }],
            $$$"""{"role":"user","content":[{"type":"file","file":{"filename":"plan.pdf","file_data":"data:application/pdf;base64,{{{Pdf}}}"}}]}"""
        },
        {
            "file without a name", [new DataContent(Encoding.UTF8.GetBytes("hi"), "text/plain")],
            """{"role":"user","content":[{"type":"file","file":{"filename":"file.txt","file_data":"data:text/plain;base64,aGk="}}]}"""
        },
        { "uploaded file", [new HostedFileContent("file-1")], """{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]}""" },
        {
            "raw part", [new AIContent { RawRepresentation = new ChatContentPart { Type = "video_url", AdditionalProperties = Members("""{"video_url":{"url":"v"}}""") } }],
            """{"role":"user","content":[{"type":"video_url","video_url":{"url":"v"}}]}"""
        },
        { "usage", [new TextContent("Hello"), new UsageContent(new UsageDetails { InputTokenCount = 1 })], """{"role":"user","content":"Hello"}""" },
    };

    /// <summary>Contents of an assistant's message, and the messages that they are sent as.</summary>
    public static TheoryData<string, AIContent[], string> SentByAssistant => new()
    {
        { "texts", [new TextContent("a"), new TextContent("b")], """[{"role":"assistant","content":"ab"}]""" },
        { "reasoning", [new TextReasoningContent("Hm."), new TextContent("Yes")], """[{"role":"assistant","content":"Yes","reasoning_content":"Hm."}]""" },
        {
            "reasoning of another provider", [new TextReasoningContent("Hm.") { ProtectedData = "c2lnbmVk" }, new TextContent("Yes")],
            """[{"role":"assistant","content":"Yes","reasoning_content":"Hm."}]"""
        },
        { "record of a hosted tool", [new ImageGenerationToolCallContent("c1"), new ImageGenerationToolResultContent("c1"), new TextContent("Done")], """[{"role":"assistant","content":"Done"}]""" },
        { "record of a code interpreter", [new CodeInterpreterToolCallContent("c1"), new CodeInterpreterToolResultContent("c1"), new TextContent("Done")], """[{"role":"assistant","content":"Done"}]""" },
        { "record of an MCP server", [new McpServerToolCallContent("c1", "f", "s"), new McpServerToolResultContent("c1"), new TextContent("Done")], """[{"role":"assistant","content":"Done"}]""" },
        { "record of a web search", [new WebSearchToolCallContent("c1"), new WebSearchToolResultContent("c1"), new TextContent("Done")], """[{"role":"assistant","content":"Done"}]""" },
        { "record of any tool", [new ToolCallContent("c1"), new ToolResultContent("c1"), new TextContent("Done")], """[{"role":"assistant","content":"Done"}]""" },
        { "refusal", [new ErrorContent("No.") { ErrorCode = "Refusal" }], """[{"role":"assistant","refusal":"No."}]""" },
        {
            "call", [new FunctionCallContent("c1", "f", new Dictionary<string, object?> { ["a"] = 1, ["b"] = "ü", ["c"] = null })],
            """[{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1,\"b\":\"ü\",\"c\":null}"}}]}]"""
        },
        {
            "call and its result in one message", [new FunctionCallContent("c1", "f"), new FunctionResultContent("c1", "done")],
            """
            [{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"done"}]
            """
        },
    };

    /// <summary>Results of a call, and the content of the message that they are sent as.</summary>
    public static TheoryData<string, FunctionResultContent, string> SentByTool => new()
    {
        { "text", new("c1", "sunny"), "\"sunny\"" },
        { "nothing", new("c1", null), "\"\"" },
        { "text as JSON", new("c1", JsonElement.Parse("\"sunny\"")), "\"sunny\"" },
        { "object", new("c1", JsonElement.Parse("""{"sky":"blue"}""")), """ "{\"sky\":\"blue\"}" """ },
        { "number", new("c1", 5), "\"5\"" },
        { "error", new("c1", null) { Exception = new InvalidOperationException("No city.") }, """ "{\"error\":\"The function failed: No city.\"}" """ },
        { "error with a text", new("c1", "Error: no") { Exception = new InvalidOperationException("No city.") }, "\"Error: no\"" },
        { "text content", new("c1", new TextContent("sunny")), "\"sunny\"" },
        { "text contents", new("c1", new AIContent[] { new TextContent("a"), new TextContent("b") }), "\"a\\nb\"" },
        {
            "file content", new("c1", new AIContent[] { new DataContent(Bytes(Pdf), "application/pdf") { Name = "" } }),
            $$$"""[{"type":"file","file":{"filename":"file.pdf","file_data":"data:application/pdf;base64,{{{Pdf}}}"}}]"""
        },
        { "no contents", new("c1", Array.Empty<AIContent>()), "\"\"" },
        { "contents that are null", new("c1", new AIContent?[] { null, new TextContent("a") }), "\"a\"" },
        { "error content", new("c1", new ErrorContent("No city.")), "\"No city.\"" },
        { "address content", new("c1", new UriContent("https://files.test/a.pdf", "application/pdf")), "\"https://files.test/a.pdf\"" },
        { "video content", new("c1", new DataContent(Bytes(Png), "video/mp4")), "\"(8 bytes of the type video/mp4, which cannot be shown as text)\"" },
        { "empty content", new("c1", new DataContent(ReadOnlyMemory<byte>.Empty, "image/png")), "\"(0 bytes of the type image/png, which cannot be shown as text)\"" },
        { "nested result", new("c1", new FunctionResultContent("c2", "inner")), "\"inner\"" },
        { "nested results", new("c1", new AIContent[] { new FunctionResultContent("c2", new TextContent("a")), new FunctionResultContent("c3", 5) }), "\"a\\n5\"" },
        { "nested failure", new("c1", new AIContent[] { new TextContent("a"), new FunctionResultContent("c2", null) { Exception = new InvalidOperationException("No city.") } }), """ "a\n{\"error\":\"The function failed: No city.\"}" """ },
        { "video in an address", new("c1", new UriContent("data:video/mp4;base64,AAAA", "video/mp4")), "\"(data of the type video/mp4, which cannot be shown as text)\"" },
        { "broken data address", new("c1", new UriContent("data:image/png;base64", "image/png")), "\"(data of the type image/png, which cannot be shown as text)\"" },
        { "usage", new("c1", new UsageContent(new UsageDetails())), "\"\"" },
        { "usage beside text", new("c1", new AIContent[] { new TextContent("a"), new UsageContent(new UsageDetails()) }), "\"a\"" },
        { "not a number", new("c1", double.NaN), "\"NaN\"" },
        { "infinity in an object", new("c1", new Dictionary<string, object?> { ["x"] = float.NegativeInfinity }), """ "{\"x\":\"-Infinity\"}" """ },
        { "result without a value", new("c1", default(JsonElement)), "\"\"" },
        {
            "image content", new("c1", new AIContent[] { new TextContent("See"), new DataContent(Bytes(Png), "image/png") }),
            $$$"""[{"type":"text","text":"See"},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}}]"""
        },
    };

    /// <summary>Content that chat completions have no form for, and what the error must name.</summary>
    public static TheoryData<string, string, AIContent, string> Rejected => new()
    {
        { "video", "user", new DataContent(Bytes(Png), "video/mp4"), "DataContent of the type video/mp4" },
        { "unknown sound", "user", new DataContent(Bytes(Mp3), "audio/basic"), "DataContent of the type audio/basic" },
        { "address of a file", "user", new UriContent("https://files.test/a.pdf", "application/pdf"), "Download it and pass a DataContent" },
        { "address of this machine", "user", new UriContent("file:///a.png", "image/png"), "from http and https" },
        { "reasoning of a user", "user", new TextReasoningContent("Hm."), "TextReasoningContent" },
        { "call of a user", "user", new FunctionCallContent("c1", "f"), "FunctionCallContent" },
        { "error", "assistant", new ErrorContent("Oh.") { ErrorCode = "E1" }, "ErrorContent with the code E1" },
        { "image without data", "user", new DataContent(ReadOnlyMemory<byte>.Empty, "image/png"), "DataContent of the type image/png is empty" },
        { "sound without data", "user", new DataContent(ReadOnlyMemory<byte>.Empty, "audio/wav"), "DataContent of the type audio/wav is empty" },
        { "file without data", "user", new DataContent(ReadOnlyMemory<byte>.Empty, "text/plain"), "DataContent of the type text/plain is empty" },
        { "relative address", "user", Stored(new UriContent(new Uri("/a.png", UriKind.RelativeOrAbsolute), "image/png")), "from http and https" },
        { "vector store", "user", new HostedVectorStoreContent("v"), "HostedVectorStoreContent" },
        { "plain content", "user", new AIContent(), "AIContent has no form" },
        { "request of an approval", "assistant", new ToolApprovalRequestContent("r1", new FunctionCallContent("c1", "f")), "ToolApprovalRequestContent" },
        { "approval", "user", new ToolApprovalResponseContent("r1", true, new FunctionCallContent("c1", "f")), "ToolApprovalResponseContent" },
        { "reasoning of a tool", "tool", new TextReasoningContent("Hm."), "TextReasoningContent" },
    };

    /// <summary>A message of the model, and its contents as JSON of Microsoft.Extensions.AI.</summary>
    public static TheoryData<string, string, string> Received => new()
    {
        { "text", """{"role":"assistant","content":"Hello"}""", """[{"$type":"text","text":"Hello"}]""" },
        { "nothing", """{"role":"assistant","content":null}""", "[]" },
        {
            "reasoning_content", """{"role":"assistant","content":"Yes","reasoning_content":"Hm."}""",
            """[{"$type":"reasoning","text":"Hm.","additionalProperties":{"ccapi.reasoning_member":"reasoning_content"}},{"$type":"text","text":"Yes"}]"""
        },
        {
            "reasoning", """{"role":"assistant","content":"Yes","reasoning":"Hm."}""",
            """[{"$type":"reasoning","text":"Hm.","additionalProperties":{"ccapi.reasoning_member":"reasoning"}},{"$type":"text","text":"Yes"}]"""
        },
        {
            "reasoning with the provider's data",
            """{"role":"assistant","content":"Yes","reasoning":"Hm.","reasoning_details":[{"type":"reasoning.text","text":"Hm.","signature":"s1","index":0}]}""",
            """
            [{"$type":"reasoning","text":"Hm.","protectedData":"[{\"type\":\"reasoning.text\",\"text\":\"Hm.\",\"signature\":\"s1\",\"index\":0}]",
              "additionalProperties":{"ccapi.reasoning_member":"reasoning"}},{"$type":"text","text":"Yes"}]
            """
        },
        {
            "hidden reasoning", """{"role":"assistant","content":"Yes","reasoning_details":[{"type":"reasoning.encrypted","data":"x","index":0}]}""",
            """
            [{"$type":"reasoning","text":"","protectedData":"[{\"type\":\"reasoning.encrypted\",\"data\":\"x\",\"index\":0}]",
              "additionalProperties":{"ccapi.reasoning_member":"reasoning_details"}},{"$type":"text","text":"Yes"}]
            """
        },
        { "refusal", """{"role":"assistant","refusal":"No."}""", """[{"$type":"error","message":"No.","errorCode":"Refusal"}]""" },
        {
            "calls",
            """
            {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},
             {"id":"c2","type":"function","function":{"name":"g","arguments":"{}"},"extra_content":{"google":{"thought_signature":"t"}}}]}
            """,
            """
            [{"$type":"functionCall","callId":"c1","name":"f","arguments":{"a":1}},
             {"$type":"functionCall","callId":"c2","name":"g","arguments":{},
              "additionalProperties":{"ccapi.members":{"extra_content":{"google":{"thought_signature":"t"}}}}}]
            """
        },
        {
            "image data", $$$"""{"role":"assistant","content":"See","images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}}]}""",
            $$$"""[{"$type":"text","text":"See"},{"$type":"data","uri":"data:image/png;base64,{{{Png}}}"}]"""
        },
        {
            "image address", """{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"https://images.test/a"}}]}""",
            """[{"$type":"uri","uri":"https://images.test/a","mediaType":"image/*"}]"""
        },
        {
            "sound", $$$"""{"role":"assistant","content":null,"audio":{"id":"a1","data":"{{{Mp3}}}","transcript":"Hello"}}""",
            $$$"""[{"$type":"text","text":"Hello"},{"$type":"data","uri":"data:audio/mpeg;base64,{{{Mp3}}}"}]"""
        },
        {
            "file", $$$"""{"role":"assistant","content":[{"type":"file","file":{"filename":"plan.pdf","file_data":"data:application/pdf;base64,{{{Pdf}}}"}}]}""",
            $$$"""[{"$type":"data","uri":"data:application/pdf;base64,{{{Pdf}}}","name":"plan.pdf"}]"""
        },
        {
            "thinking in a part", """{"role":"assistant","content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"Yes"}]}""",
            """
            [{"$type":"reasoning","text":"Hm.","protectedData":"[{\"type\":\"thinking\",\"thinking\":\"Hm.\"}]",
              "additionalProperties":{"ccapi.reasoning_member":"content"}},{"$type":"text","text":"Yes"}]
            """
        },
        {
            "thinking in a part with its signature", """{"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"s1"},{"type":"text","text":"Yes"}]}""",
            """
            [{"$type":"reasoning","text":"Hm.","protectedData":"[{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"s1\"}]",
              "additionalProperties":{"ccapi.reasoning_member":"content"}},{"$type":"text","text":"Yes"}]
            """
        },
        {
            "thinking in parts of a part", """{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Yes"}]}""",
            """
            [{"$type":"reasoning","text":"Hm.","protectedData":"[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm.\"}]}]",
              "additionalProperties":{"ccapi.reasoning_member":"content"}},{"$type":"text","text":"Yes"}]
            """
        },
        {
            "image data in a part", $$$"""{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}}]}""",
            $$$"""[{"$type":"data","uri":"data:image/png;base64,{{{Png}}}"}]"""
        },
        {
            "sound in a part", $$$"""{"role":"assistant","content":[{"type":"input_audio","input_audio":{"data":"{{{Mp3}}}","format":"mp3"}}]}""",
            $$$"""[{"$type":"data","uri":"data:audio/mpeg;base64,{{{Mp3}}}"}]"""
        },
        {
            "sound of another format", """{"role":"assistant","content":[{"type":"input_audio","input_audio":{"data":"AAAA","format":"g 711"}}]}""",
            """
            [{"$type":"data","uri":"data:audio/*;base64,AAAA",
              "additionalProperties":{"ccapi.part":{"type":"input_audio","input_audio":{"data":"AAAA","format":"g 711"}}}}]
            """
        },
        {
            "file behind an address", """{"role":"assistant","content":[{"type":"file","file":{"filename":"plan.pdf","file_data":"https://files.test/plan"}}]}""",
            """
            [{"$type":"uri","uri":"https://files.test/plan","mediaType":"application/octet-stream",
              "additionalProperties":{"ccapi.part":{"type":"file","file":{"file_data":"https://files.test/plan","filename":"plan.pdf"}}}}]
            """
        },
        {
            "address of this machine", """{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"/images/a.png"}}]}""",
            """[{"additionalProperties":{"ccapi.part":{"type":"image_url","image_url":{"url":"/images/a.png"}}}}]"""
        },
        {
            "address of this machine beside the content", """{"role":"assistant","content":"See","images":[{"type":"image_url","image_url":{"url":"file:///a.png"}}]}""",
            """[{"$type":"text","text":"See"},{"additionalProperties":{"ccapi.part":{"type":"image_url","image_url":{"url":"file:///a.png"}}}}]"""
        },
        {
            "video", """{"role":"assistant","content":[{"type":"text","text":"See"},{"type":"video","video":{"url":"v"}}]}""",
            """[{"$type":"text","text":"See"},{"additionalProperties":{"ccapi.part":{"type":"video","video":{"url":"v"}}}}]"""
        },
        {
            "image without bytes", """{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,"}}]}""",
            """[{"additionalProperties":{"ccapi.part":{"type":"image_url","image_url":{"url":"data:image/png;base64,"}}}}]"""
        },
        {
            "file with a blank id", """{"role":"assistant","content":[{"type":"file","file":{"file_id":" "}}]}""",
            """[{"additionalProperties":{"ccapi.part":{"type":"file","file":{"file_id":" "}}}}]"""
        },
        { "uploaded file", """{"role":"assistant","content":[{"type":"file","file":{"file_id":"file-1"}}]}""", """[{"$type":"hostedFile","fileId":"file-1"}]""" },
    };

    [Theory]
    [MemberData(nameof(Sent))]
    public Task Content_OfAUser_IsSent(string kind, AIContent[] contents, string expected) =>
        AssertSentAsync(kind, new ChatMessage(ChatRole.User, contents), $"[{expected}]");

    [Theory]
    [MemberData(nameof(SentByAssistant))]
    public Task Content_OfAnAssistant_IsSent(string kind, AIContent[] contents, string expected) =>
        AssertSentAsync(kind, new ChatMessage(ChatRole.Assistant, contents), expected);

    [Theory]
    [MemberData(nameof(SentByTool))]
    public Task Result_OfAFunction_IsSent(string kind, FunctionResultContent result, string expected) =>
        AssertSentAsync(kind, new ChatMessage(ChatRole.Tool, [result]), $$"""[{"role":"tool","tool_call_id":"c1","content":{{expected}}}]""");

    [Fact]
    public Task Content_BesideTheResultOfAFunction_IsSentAsAUsers() => AssertSentAsync(
        "text beside a result",
        new ChatMessage(ChatRole.Tool, [new TextContent("See"), new FunctionResultContent("c1", "done")]),
        """[{"role":"tool","tool_call_id":"c1","content":"done"},{"role":"user","content":"See"}]""");

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task Content_WithoutAForm_IsRejected(string kind, string role, AIContent content, string expected)
    {
        var message = new ChatMessage(new ChatRole(role), [content]);

        var plain = await Assert.ThrowsAsync<ArgumentException>(() => Chat.GetResponseAsync([message]));
        var streamed = await Assert.ThrowsAsync<ArgumentException>(async () => await Chat.GetStreamingResponseAsync([message]).ToListAsync());

        Assert.True(plain.Message.Contains(expected, StringComparison.Ordinal), $"{kind}: {plain.Message}");
        Assert.Equal(plain.Message, streamed.Message);
        Assert.Empty(_gateway.Bodies);
    }

    [Theory]
    [MemberData(nameof(Received))]
    public async Task Content_OfAResponse_IsRead(string kind, string message, string expected)
    {
        _gateway.Message(message);

        var response = await Chat.GetResponseAsync("Hello");

        AssertContents(kind, expected, Assert.Single(response.Messages).Contents);
    }

    [Theory]
    [MemberData(nameof(Received))]
    public async Task Content_OfAStream_IsTheSame(string kind, string message, string expected)
    {
        _gateway.Events(AsChunks(message));

        var response = await Chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();

        // Its reasoning and text pass as they arrive, what follows is sorted behind them.
        AssertContents(kind, expected, Assert.Single(response.Messages).Contents);
    }

    [Theory]
    [MemberData(nameof(Received))]
    public async Task Content_OfAResponse_GoesBack(string kind, string message, string contents)
    {
        _ = contents;
        _gateway.Message(message).Events(AsChunks(message)).Message("""{"content":"Bye"}""").Message("""{"content":"Bye"}""");
        var plain = await Chat.GetResponseAsync("Hello");
        var streamed = await Chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();

        await Chat.GetResponseAsync([new ChatMessage(ChatRole.User, "Go on"), .. Stored(plain.Messages)]);
        await Chat.GetResponseAsync([new ChatMessage(ChatRole.User, "Go on"), .. Stored(streamed.Messages)]);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(_gateway.Bodies[2]), JsonNode.Parse(_gateway.Bodies[3])), $"{kind}: {_gateway.Bodies[2]} and {_gateway.Bodies[3]}");
        AssertMembersGoBack(kind, JsonNode.Parse(message)!.AsObject(), JsonNode.Parse(_gateway.Bodies[2])!["messages"]!.AsArray().ElementAtOrDefault(1)?.AsObject());
    }

    public void Dispose() => _gateway.Dispose();

    private static byte[] Bytes(string base64) => Convert.FromBase64String(base64);

    private static Dictionary<string, JsonElement> Members(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);

    private static AIContent Stored(AIContent content) => Stored([new ChatMessage(ChatRole.User, [content])])[0].Contents[0];

    /// <summary>As a store of conversations keeps them: without what is not written.</summary>
    private static List<ChatMessage> Stored(IList<ChatMessage> messages) =>
        JsonSerializer.Deserialize<List<ChatMessage>>(JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;

    /// <summary>The chunks of a message: one of the role, those of each member, those of each call's name and arguments, the end.</summary>
    private static string[] AsChunks(string message)
    {
        var members = JsonNode.Parse(message)!.AsObject();
        var order = members.Select(member => member.Key).Where(name => name != "role").OrderBy(name => !name.StartsWith("reasoning", StringComparison.Ordinal)).ToList();
        var deltas = new List<string> { """{"role":"assistant"}""" };
        foreach (var name in order)
        {
            deltas.AddRange(AsDeltas(name, members[name]?.DeepClone()));
        }

        // Reasoning and its data are of the same chunk.
        if (members["reasoning"] is not null && deltas.FindIndex(delta => delta.StartsWith("{\"reasoning_details", StringComparison.Ordinal)) is > 0 and var details)
        {
            var first = deltas.FindIndex(delta => delta.StartsWith("{\"reasoning\"", StringComparison.Ordinal));
            deltas[first] = $"{deltas[first][..^1]},{deltas[details][1..]}";
            deltas.RemoveAt(details);
        }

        return
        [
            .. deltas.Select(delta => $$"""{"id":"r1","model":"m","choices":[{"index":0,"delta":{{delta}}}]}"""),
            """{"id":"r1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
        ];
    }

    private static IEnumerable<string> AsDeltas(string name, JsonNode? value)
    {
        if (name is "content" or "reasoning" or "reasoning_content" && value is JsonValue text)
        {
            var whole = text.GetValue<string>();
            var middle = whole.Length / 2;
            return new[] { whole[..middle], whole[middle..] }.Select(piece => new JsonObject { [name] = piece }.ToJsonString());
        }

        if (name != "tool_calls")
        {
            return [new JsonObject { [name] = value }.ToJsonString()];
        }

        var pieces = new List<string>();
        foreach (var (call, index) in value!.AsArray().Select((call, index) => (call!.AsObject(), index)))
        {
            var arguments = call["function"]!["arguments"]!.GetValue<string>();
            call["index"] = index;
            call["function"]!["arguments"] = arguments[..1];
            pieces.Add($$"""{"tool_calls":[{{call.ToJsonString()}}]}""");
            pieces.Add(new JsonObject
            {
                ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = arguments[1..] } }),
            }.ToJsonString());
        }

        return pieces;
    }

    private static void AssertContents(string kind, string expected, IEnumerable<AIContent> contents)
    {
        var actual = JsonSerializer.SerializeToNode(contents.ToList(), AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IList<AIContent>)))!;
        foreach (var content in actual.AsArray())
        {
            content!.AsObject().Remove("informationalOnly");
            if (content["additionalProperties"] is JsonObject properties && properties.Remove("ccapi.media_member") && properties.Count == 0)
            {
                content.AsObject().Remove("additionalProperties");
            }
        }

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"{kind}: {actual.ToJsonString()}");
    }

    /// <summary>What the model sent is in the next request, wherever the abstractions have a place for it.</summary>
    private static void AssertMembersGoBack(string kind, JsonObject received, JsonObject? sent)
    {
        var isEmpty = received.All(member => member.Key == "role" || member.Value is null);
        if (isEmpty)
        {
            Assert.Null(sent);
            return;
        }

        foreach (var member in received.Where(member => member.Value is not null && member.Key is not ("audio" or "content")))
        {
            Assert.True(JsonNode.DeepEquals(member.Value, sent?[member.Key]), $"{kind}: {member.Key} went back as {sent?[member.Key]?.ToJsonString()}");
        }

        if (received["audio"] is JsonObject sound)
        {
            // Of sound, a request refers to its id.
            sound.Remove("data");
            Assert.True(JsonNode.DeepEquals(sound, sent?["audio"]), $"{kind}: the audio went back as {sent?["audio"]?.ToJsonString()}");
            Assert.Null(sent!["content"]);
        }

        if (received["content"] is { } content)
        {
            Assert.True(JsonNode.DeepEquals(content, sent!["content"]), $"{kind}: the content went back as {sent["content"]?.ToJsonString()}");
        }
    }

    private async Task AssertSentAsync(string kind, ChatMessage message, string expected)
    {
        _gateway.Message("""{"content":"Hi"}""").Events("""{"id":"r1","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}""");

        await Chat.GetResponseAsync([message]);
        await Chat.GetStreamingResponseAsync([message]).ToListAsync();

        Assert.Equal(2, _gateway.Bodies.Count);
        foreach (var body in _gateway.Bodies)
        {
            var messages = JsonNode.Parse(body)!["messages"]!;
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), messages), $"{kind}: {messages.ToJsonString()}");
        }
    }
}
