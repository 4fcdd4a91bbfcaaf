using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

/// <summary>Reads one content in every way that it may come, and holds the results against each other.</summary>
internal static class BothWays
{
    /// <summary>What the plain call returns, after a check that the same content in a stream is assembled to the same.</summary>
    /// <param name="plain">The plain response.</param>
    /// <param name="chunks">The same in pieces; none for all of it in one chunk.</param>
    public static async Task<ChatCompletionResponse> ReadAsync(string plain, params string[] chunks)
    {
        var response = await CompleteAsync(plain, "application/json");
        var pieces = chunks.Length > 0 ? chunks : [plain.Replace("\"message\":", "\"delta\":")];
        var frames = ChatScript.Frames(pieces) + "data: [DONE]\n\n";
        var list = $"data: [{string.Join(",", pieces)}]\n\ndata: [DONE]\n\n";

        AssertSame(response, await ChatScript.RespondAsync(frames), "a stream");

        // A list in which no object has choices is not a list of chunks.
        if (list.Contains("\"choices\""))
        {
            AssertSame(response, await ChatScript.RespondAsync(list), "a list of chunks in one event");
        }

        // Without an end mark, only the finish reasons indicate that it is complete.
        if (list.Contains("\"choices\"") && response.FinishReason is not null)
        {
            var bare = $"[{string.Join(",", pieces)}]";
            AssertSame(response, await ChatScript.RespondAsync(bare, "application/json"), "a list of chunks as the body of a stream");
            AssertSame(response, await CompleteAsync(bare), "a list of chunks as the response to a plain call");
        }

        AssertSame(response, await ChatScript.RespondAsync(plain, "application/json"), "a plain response to a call for a stream");
        AssertSame(response, await CompleteAsync(frames, ApiRequest.EventStream), "a stream as the response to a plain call");
        return response;
    }

    public static Task<ChatCompletionResponse> CompleteAsync(string body, string? mediaType = "application/json", int? maxRetries = null) =>
        new ChatScript().Respond(body, mediaType).CreateClient().CompleteAsync(ChatScript.Request, new CCApiRequestOptions { MaxRetries = maxRetries });

    public static void AssertSame(ChatCompletionResponse expected, ChatCompletionResponse actual, string way)
    {
        var (written, other) = (Wire.Write(expected), Wire.Write(actual));
        var differences = JsonTree.Differences(written, other, ignoredPath: "$.object");

        Assert.True(differences.Count == 0, $"{way}:\n{string.Join("\n", differences)}\n{written}\n{other}");
        Assert.Equal(Members(expected), Members(actual));
    }

    /// <summary>The members for the convenience of callers, and what indicates that the response is complete.</summary>
    private static (string? Text, string? Reasoning, FinishReason? FinishReason, string ToolCalls, DateTimeOffset? CreatedAt, bool IsTruncated) Members(ChatCompletionResponse response) =>
        (response.Text, response.Reasoning, response.FinishReason, string.Join(" ", response.ToolCalls.Select(call => Wire.Write(call))), response.CreatedAt, response.IsTruncated);
}
