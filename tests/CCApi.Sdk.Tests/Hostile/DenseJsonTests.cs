using System;
using System.Linq;
using System.Net.Http;
#if !NETFRAMEWORK
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
#endif
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Hostile;

/// <summary>A body of the smallest values, of which each takes many times its bytes, is an error of the SDK before anything is built from it.</summary>
public class DenseJsonTests
{
    private const string Message =
        " returned JSON with more than 1000 values in less than 4 bytes each, which would take many times its size in memory. Raise CCApiClientOptions.MaxJsonValues if that is right.";

    public static TheoryData<string> Bodies =>
    [
        """{"choices":[DENSE]}""",
        """{"choices":[{"message":{"content":[DENSE]}}]}""",
        """{"choices":[{"message":{"content":"Hi","tool_calls":[DENSE]}}]}""",
        """{"choices":[{"message":{"content":"Hi"}}],"unknown":[DENSE]}""",
        """{"data":[DENSE],"id":"a"}""",
        """{"error":[DENSE]}""",
        """{"audio":"a","unknown":[DENSE]}""",
        "[DENSE]",
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task PlainResponse_OfManySmallValues_IsAnErrorThatNamesTheLimit(string body)
    {
        using var client = Always(() => FakeGateway.Json(200, Fill(body)));

        foreach (var call in OperationCalls.All)
        {
            var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => call.SendAsync(client));

            Assert.Equal(call.RequestLine + Message, exception.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Stream_WithAnEventOfManySmallValues_KeepsWhatCameBefore(string body)
    {
        const string Good = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"One\"}}]}\n\n";
        using var client = Always(() => FakeGateway.Content(200, $"{Good}data: {Fill(body).Replace("message", "delta")}\n\n{Good}", "text/event-stream"));

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => client.Chat.StreamAsync("m", "p").GetResponseAsync());

        Assert.StartsWith("POST /chat/completions" + Message, exception.Message, StringComparison.Ordinal);
        Assert.Equal("One", exception.PartialResponse!.Text);
    }

#if !NETFRAMEWORK
    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task AnyOtherCall_OfManySmallValues_IsAnErrorThatNamesTheLimit(string body)
    {
        using var client = Always(() => FakeGateway.Json(200, Fill(body)));
        var requestType = (JsonTypeInfo<string>)JsonSerializerOptions.Default.GetTypeInfo(typeof(string));
        var responseType = (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => client.SendAsync(HttpMethod.Post, "any", "p", requestType, responseType));

        Assert.Equal("POST /any" + Message, exception.Message);
    }
#endif

    [Fact]
    public async Task PlainResponse_OfManyValuesOfARealSize_IsRead()
    {
        var models = string.Join(",", Enumerable.Range(0, 10_000).Select(i => $$$"""{"id":"vendor/model-{{{i}}}","object":"model","pricing":{"prompt":"0.0000001","completion":"0.0000002"}}"""));
        using var client = Always(() => FakeGateway.Json(200, $$"""{"data":[{{models}}]}"""));

        var list = await client.Catalog.ListModelsAsync();

        Assert.Equal(10_000, list.Data!.Count);
    }

    private static string Fill(string body) => body.Replace("DENSE", string.Join(",", Enumerable.Repeat("{}", 1000)));

    private static CCApiClient Always(Func<HttpResponseMessage> response) =>
        new FakeGateway { Otherwise = _ => response() }.Client(options => (options.Retry.MaxRetries, options.MaxJsonValues) = (0, 1000));
}
