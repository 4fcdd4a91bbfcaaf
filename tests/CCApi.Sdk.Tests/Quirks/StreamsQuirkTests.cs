using System.Collections.Generic;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class StreamsQuirkTests
{
    private const string Plain = """{"id":"c1","model":"m","choices":[{"index":0,"message":{"content":"One, two."},"finish_reason":"stop"}]}""";

    private static readonly string _one = ChatScript.Text("One, ");

    private static readonly string _two = ChatScript.Text("two.", "stop");

    /// <summary>A name for each shape of the same two chunks, and the shape.</summary>
    public static TheoryData<string, string> Shapes() => new()
    {
        { "as documented", $"data: {_one}\n\ndata: {_two}\n\ndata: [DONE]\n\n" },
        { "comments before and between", $": OPENROUTER PROCESSING\n\n: PING\ndata: {_one}\n: PING\n\n:\n\n:PING\n\ndata: {_two}\n\ndata: [DONE]\n\n" },
        { "CRLF", $"data: {_one}\r\n\r\ndata: {_two}\r\n\r\ndata: [DONE]\r\n\r\n" },
        { "lone CR", $"data: {_one}\r\rdata: {_two}\r\rdata: [DONE]\r\r" },
        { "mixed line ends", $"data: {_one}\r\n\ndata: {_two}\n\rdata: [DONE]\r\n\n" },
        { "byte order mark", $"\uFEFFdata: {_one}\n\ndata: {_two}\n\ndata: [DONE]\n\n" },
        { "no space after data", $"data:{_one}\n\ndata:{_two}\n\ndata:[DONE]\n\n" },
        { "data over several lines", $"data: {_one.Replace(",\"choices\"", "\ndata: ,\"choices\"")}\n\ndata: {_two.Replace("{", "{\r\ndata:").Replace("}", "\r\ndata: }")}\n\ndata: [DONE]\n\n" },
        { "event names", $"event: message\ndata: {_one}\n\nevent: completion.chunk\ndata: {_two}\n\nevent: done\ndata: [DONE]\n\n" },
        { "other fields", $"id: 1\nretry: 3000\ndata: {_one}\n\nid\nfoo: bar\ndata: {_two}\nid: 2\n\ndata: [DONE]\n\n" },
        { "empty data", $"data:\n\ndata: \n\ndata: {_one}\n\ndata:\ndata:\n\ndata: {_two}\n\ndata: [DONE]\n\n" },
        { "last event without its blank line", $"data: {_one}\n\ndata: {_two}" },
        { "end mark without its blank line", $"data: {_one}\n\ndata: {_two}\n\ndata: [DONE]" },
        { "no end mark", $"data: {_one}\n\ndata: {_two}\n\n" },
        { "frames after the end mark", $"data: {_one}\n\ndata: {_two}\n\ndata: [DONE]\n\ndata: {_two}\n\ndata: {{\"error\":\"late\"}}\n\nwhat" },
        { "no blank line between JSON lines", $"{_one}\n{_two}\ndata: [DONE]\n\n" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Stream_OfAnyShape_IsThePlainResponse(string shape, string body)
    {
        var plain = await BothWays.CompleteAsync(Plain);
        for (var pieceLength = 1; pieceLength < 5; pieceLength++)
        {
            var streamed = await new ChatScript().Respond(PiecewiseStream.Of(Bodies.Utf8(body), pieceLength)).Stream().GetResponseAsync();

            BothWays.AssertSame(plain, streamed, shape);
        }
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"ind")]
    [InlineData("data: {\"choices\":[{\"ind\n\n")]
    [InlineData("data: {\"choices\":[{\"ind\n\ndata: [DONE]\n\n")]
    [InlineData("{\"choices\":[{\"ind")]
    public async Task Stream_TruncatedInAChunk_ThrowsAndKeepsThePartReceived(string end)
    {
        var read = await ChatScript.RespondAsync($"data: {_one}\n\n{end}");

        Assert.Equal(("One, ", true), (read.Text, read.IsTruncated));
    }

    [Theory]
    [InlineData("text/event-stream; charset=utf-8")]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public async Task Stream_WithAnyLabel_IsThePlainResponse(string? mediaType)
    {
        var plain = await BothWays.CompleteAsync(Plain);

        var streamed = await ChatScript.RespondAsync($"data: {_one}\n\ndata: {_two}\n\ndata: [DONE]\n\n", mediaType);

        BothWays.AssertSame(plain, streamed, $"{mediaType}");
    }

    /// <summary>A list of chunks is complete when its choices are finished, and it is the same response to both calls.</summary>
    [Theory]
    [InlineData("""[{"choices":[{"index":0,"delta":{"content":"One, "}}]},{"choices":[{"index":0,"delta":{"content":"two."},"finish_reason":"stop"}]}]""", "One, two. stop")]
    [InlineData("""[{"choices":[{"index":0,"delta":{"content":"One, "}}]},{"choices":[{"index":0,"delta":{"content":"two."}}]}]""", "One, two. truncated")]
    [InlineData("""[{"choices":[{"delta":{"content":"One"},"finish_reason":"stop"}]},{"choices":[],"usage":{"total_tokens":3}}]""", "One stop 3")]
    [InlineData("""[{"choices":[{"index":0,"delta":{"content":"One"},"finish_reason":"stop"}]}]""", "One stop")]
    [InlineData("""[{"choices":[{"index":0,"delta":{"content":"One"}}]}]""", "One truncated")]
    [InlineData(" [ {\"choices\": [ {\"message\": {\"content\": \"One\"}, \"finish_reason\": \"stop\"} ] } ]\n", "One stop")]
    [InlineData("[\n  {\n    \"choices\": [ { \"delta\": { \"content\": \"One\" } } ]\n  },\n  { \"choices\": [ { \"delta\": {}, \"finish_reason\": \"stop\" } ] }\n]\n", "One stop")]
    [InlineData("""[{"choices":[{"index":0,"delta":{"content":"One"},"finish_reason":"stop"},{"index":1,"delta":{"content":"Two"}}]}]""", "One stop truncated")]
    [InlineData("""{"choices":[{"delta":{"content":"One"}}]}""", "One truncated")]
    public async Task ChunkList_AsTheBody_IsTheSameToEveryCall(string body, string expected)
    {
        var outcomes = new List<string>();
        foreach (var mediaType in new[] { "application/json", ApiRequest.EventStream, "text/plain" })
        {
            var plain = await new ChatScript().Respond(body, mediaType).CreateClient().CompleteAsync(ChatScript.Request);
            var streamed = await new ChatScript().Respond(body, mediaType).CreateClient().StreamAsync(ChatScript.Request).GetResponseAsync();
            outcomes.Add($"{mediaType} plain {Outcome(plain)}; streamed {Outcome(streamed)}");
        }

        Assert.Equal(
            $"application/json plain {expected}; streamed {expected}\ntext/event-stream plain {expected}; streamed {expected}\ntext/plain plain {expected}; streamed {expected}",
            string.Join("\n", outcomes));

        static string Outcome(ChatCompletionResponse response) =>
            $"{response.Text} {response.FinishReason} {response.Usage?.TotalTokens} {(response.IsTruncated ? "truncated" : "")}".Replace("   ", " ").Replace("  ", " ").Trim();
    }
}
