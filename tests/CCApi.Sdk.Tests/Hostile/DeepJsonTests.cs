using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
#if !NETFRAMEWORK
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
#endif
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Hostile;

/// <summary>JSON that is nested ten thousand deep is an error of the SDK wherever it stands, and never the end of the process.</summary>
public class DeepJsonTests
{
    private const string Place = "DEEP";
    private const int Depth = 10_000;

    private static readonly string[] _deep =
    [
        new string('[', Depth) + new string(']', Depth),
        new string('[', Depth),
        string.Concat(Enumerable.Repeat("{\"error\":", Depth)) + "1" + new string('}', Depth),
        string.Concat(Enumerable.Repeat("{\"message\":[", Depth / 2)) + string.Concat(Enumerable.Repeat("]}", Depth / 2)),
    ];

    private static readonly string[] _responses =
    [
        "DEEP",
        """{"choices":DEEP}""",
        """{"choices":[{"message":{"content":DEEP}}]}""",
        """{"choices":[{"message":{"content":[{"type":"text","text":DEEP}]}}]}""",
        """{"choices":[{"message":{"tool_calls":[{"function":{"arguments":DEEP}}]}}]}""",
        """{"choices":[{"message":{"content":"Hi"},"logprobs":DEEP}]}""",
        """{"choices":[{"message":{"content":"Hi","annotations":DEEP}}]}""",
        """{"usage":{"prompt_tokens":DEEP},"choices":[]}""",
        """{"unknown":DEEP,"choices":[{"message":{"content":"Hi"}}]}""",
        """{"error":DEEP}""",
        """{"error":{"message":DEEP}}""",
        """{"error":{"message":"no","details":DEEP}}""",
        """{"success":false,"detail":DEEP}""",
        """[{"error":DEEP}]""",
    ];

    public static TheoryData<string, int> Responses() => Rows(_responses);

    public static TheoryData<string, int> Chunks() => Rows(
    [
        "DEEP",
        """{"choices":DEEP}""",
        """{"choices":[{"delta":DEEP}]}""",
        """{"choices":[{"delta":{"content":DEEP}}]}""",
        """{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":DEEP}}]}}]}""",
        """{"choices":[{"delta":{"content":"Hi"}}],"unknown":DEEP}""",
        """{"error":DEEP}""",
    ]);

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task PlainResponse_OfDeepJson_IsAnErrorOfTheSdk(string response, int deep)
    {
        var body = Fill(response, deep);
        using var client = Always(() => FakeGateway.Json(200, body));

        foreach (var call in OperationCalls.All)
        {
            var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => call.SendAsync(client));
            Assert.True(exception.BodySnippet!.Length <= 512);
        }
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task Error_OfDeepJson_IsWhatItsStatusSays(string response, int deep)
    {
        var body = Fill(response, deep);
        using var client = Always(() => FakeGateway.Json(402, body));

        var exception = await Assert.ThrowsAsync<CCApiBillingException>(() => client.Chat.CompleteAsync("m", "p"));

        Assert.Equal(HttpStatusCode.PaymentRequired, exception.StatusCode);
        Assert.True(exception.Message.Length < 2000);
    }

#if !NETFRAMEWORK
    [Theory]
    [MemberData(nameof(Responses))]
    public async Task AnyOtherCall_OfDeepJson_IsAnErrorOfTheSdk(string response, int deep)
    {
        var body = Fill(response, deep);
        using var client = Always(() => FakeGateway.Json(200, body));
        var requestType = (JsonTypeInfo<string>)JsonSerializerOptions.Default.GetTypeInfo(typeof(string));
        var responseType = (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));

        await Assert.ThrowsAnyAsync<CCApiException>(() => client.SendAsync(HttpMethod.Post, "any", "p", requestType, responseType));
    }
#endif

    [Theory]
    [MemberData(nameof(Chunks))]
    public async Task Stream_WithADeepChunkInItsMiddle_IsAnErrorOfTheSdk(string chunk, int deep)
    {
        const string Good = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"One\"}}]}\n\n";
        var body = $"{Good}data: {Fill(chunk, deep)}\n\n{Good}{Good}";
        using var client = Always(() => FakeGateway.Content(200, body, "text/event-stream"));

        var asText = await Assert.ThrowsAnyAsync<CCApiException>(() => client.Chat.StreamAsync("m", "p").GetResponseAsync());
        var asChunks = await Assert.ThrowsAnyAsync<CCApiException>(async () =>
        {
            await foreach (var _ in client.Chat.StreamAsync("m", "p"))
            {
            }
        });

        Assert.Equal("One", asText.PartialResponse!.Text);
        Assert.Equal("One", asChunks.PartialResponse!.Text);
    }

    [Theory]
    [InlineData("data: ")]
    [InlineData("event: error\ndata: ")]
    public async Task Stream_WithADeepChunkAtItsEnd_IsTruncatedOrAnError(string before)
    {
        using var client = Always(() => FakeGateway.Content(200, $"{before}{_deep[0]}\n\n", "text/event-stream"));

        var outcome = await Record.ExceptionAsync(async () => Assert.True((await client.Chat.StreamAsync("m", "p").GetResponseAsync()).IsTruncated));

        Assert.True(outcome is null or CCApiException, $"{outcome}");
    }

    /// <summary>What a model writes is text to the SDK, however deep.</summary>
    [Fact]
    public async Task PlainResponse_OfDeepJsonInAText_IsThatText()
    {
        var body = """{"choices":[{"message":{"content":"DEEP","tool_calls":[{"function":{"name":"f","arguments":"DEEP"}}]}}]}""".Replace(Place, _deep[0]);
        using var client = Always(() => FakeGateway.Json(200, body));

        var response = await client.Chat.CompleteAsync("m", "p");

        Assert.Equal(_deep[0], response.Text);
        Assert.Equal(_deep[0], response.ToolCalls[0].Function!.Arguments!.ToString());
    }

    private static TheoryData<string, int> Rows(IEnumerable<string> places) =>
        [.. places.SelectMany(place => Enumerable.Range(0, _deep.Length).Select(deep => new TheoryDataRow<string, int>(place, deep)))];

    private static string Fill(string response, int deep) => response.Replace(Place, _deep[deep]);

    private static CCApiClient Always(Func<HttpResponseMessage> response) => new FakeGateway { Otherwise = _ => response() }.Client(options => options.Retry.MaxRetries = 0);
}
