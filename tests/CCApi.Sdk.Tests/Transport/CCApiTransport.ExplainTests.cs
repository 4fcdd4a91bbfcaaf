using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Costs;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

/// <summary>What a call would send and may cost, before it is sent.</summary>
public class CCApiTransportExplainTests
{
    private const string Body = """{"model":"chat","messages":[{"role":"user","content":"It's"}],"max_tokens":10}""";

    private readonly FakeGateway _gateway = new();
    private readonly TestPrices _prices = new TestPrices().Chat("chat", "1000", "10000").Chat("cheap", "100", "1000").Speech("voice", "0.5").Image("image", "0.04");

    [Fact]
    public void Explain_Chat_IsTheMessageAsACurlLine()
    {
        var explanation = Client(options => options.Headers["X-Team"] = "search").Explain(Chat(), new CCApiRequestOptions { IdempotencyKey = "key-1" });

        Assert.Equal(
            "curl -sS -X POST 'https://gateway.test/v1/chat/completions' -H \"Authorization: Bearer $CCAPI_API_KEY\" -H 'Accept: application/json' -H 'User-Agent: Test/1'"
            + " -H 'Idempotency-Key: key-1' -H 'X-Team: search' -H 'Content-Type: application/json' --data-binary '" + Body.Replace("'", "'\\''") + "'",
            explanation.Curl);
        Assert.Equal(("POST", "https://gateway.test/v1/chat/completions", Body), (explanation.Method, explanation.Address.AbsoluteUri, explanation.Body));
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Explain_Chat_HasTheMessageThatTheCallSends()
    {
        _gateway.Respond(200, """{"choices":[{"message":{"content":"Hi!"}}]}""");
        var client = Client();
        var options = new CCApiRequestOptions { IdempotencyKey = "key-1" };

        var explanation = client.Explain(Chat(), options);
        await client.Chat.CompleteAsync(Chat(), options);

        var sent = _gateway.Sent[0];
        Assert.Equal((sent.Method, sent.Uri, sent.Body), (explanation.Method, explanation.Address.AbsoluteUri, explanation.Body));
        Assert.Equal(
            sent.Headers.Where(header => header.Key is not ("Authorization" or "Content-Length")).Select(header => $"{header.Key}: {header.Value}").OrderBy(line => line, StringComparer.Ordinal),
            explanation.Headers.Select(header => $"{header.Key}: {header.Value}").OrderBy(line => line, StringComparer.Ordinal));
    }

    [Fact]
    public void Explain_Stream_IsTheStreamedRequest()
    {
        var request = Chat();
        request.Stream = true;

        var explanation = Client().Explain(request);

        Assert.EndsWith("\"stream\":true,\"stream_options\":{\"include_usage\":true}}", explanation.Body.Replace("\"max_tokens\":10,", "").Replace(",\"max_tokens\":10", ""), StringComparison.Ordinal);
        Assert.Contains(explanation.Headers, header => header is { Key: "Accept", Value: "text/event-stream" });
    }

    [Fact]
    public void Explain_WithPrices_EstimatesAndBounds()
    {
        var explanation = Client().Explain(Chat());

        var bytes = Body.Length;
        Assert.Equal((Math.Ceiling(bytes / 4m) * 0.001m) + 0.1m, explanation.Estimate.Amount);
        Assert.Equal((bytes * 0.001m) + 0.1m, explanation.AtMost.Amount);
    }

    [Fact]
    public void Explain_OfEachKind_HasItsPrice()
    {
        var client = Client();
        var job = MultimodalImageGenerationRequest.FromPrompt("A fox.").WithModel("image");

        Assert.Equal(0.0025m, client.Explain(new AudioSpeechRequest { Model = "voice", Input = "Hello", Voice = "aria" }).AtMost.Amount);
        Assert.Equal(0.08m, client.Explain(new LegacyImageGenerationRequest { Model = "image", Prompt = "A fox.", N = 2 }).Estimate.Amount);
        Assert.Equal(0.04m, client.Explain(job).AtMost.Amount);
    }

    [Fact]
    public void Explain_BeforeTheCatalog_SaysWhyThePriceIsUnknown()
    {
        var explanation = new CCApiClient(_gateway.Transport()).Explain(Chat());

        Assert.Equal("the catalog was not retrieved", explanation.AtMost.Reason);
        Assert.Empty(explanation.Problems);
    }

    [Fact]
    public void Explain_WithoutAModel_LetsTheGatewayChoose()
    {
        var explanation = Client().Explain(MultimodalImageGenerationRequest.FromPrompt("A fox."));

        Assert.Empty(explanation.Models);
        Assert.Contains("models: the gateway chooses\n", explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_AfterAFailover_PutsTheCoolingModelLast()
    {
        _gateway.Respond(503, """{"error":{"message":"busy","type":"api_error","code":"overloaded"}}""").Respond(200, """{"choices":[{"message":{"content":"Hi!"}}]}""");
        var client = Client(options =>
        {
            options.Failover.Alternatives["chat"] = ["cheap"];
            options.Retry.MaxRetries = 0;
        });
        await client.Chat.CompleteAsync(Chat());

        var explanation = client.Explain(Chat());

        Assert.Equal(["cheap", "chat"], explanation.Models);
        Assert.Equal(["chat"], explanation.CoolingModels);
        Assert.StartsWith("{\"model\":\"cheap\"", explanation.Body, StringComparison.Ordinal);
        Assert.Contains("models: cheap, chat (cooling down)\n", explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_WhatWouldBeRejected_SaysWhy()
    {
        var request = Chat();
        request.Model = "unlisted";
        var client = Client(options => options.Budget = new CCApiBudget(0.01m));

        var explanation = client.Explain(request, new CCApiRequestOptions { MaxRetries = -1 });

        Assert.Equal(["client: 0 spent and 0 reserved of 0.01 USD"], explanation.Budgets);
        Assert.Equal(
            [
                "CCApiRequestOptions.MaxRetries must be 0 or more.",
                "the catalog does not list unlisted",
                "POST /chat/completions was not sent: the budget of the client needs the most that it may cost, and the catalog does not list unlisted. Set a model that the catalog lists, or CCApiBudget.UnknownPriceReservation.",
            ],
            explanation.Problems);
    }

    [Fact]
    public void Explain_AnIncompleteRequest_SaysWhatIsMissing()
    {
        var request = Chat();
        request.Messages = [];

        var explanation = Client().Explain(request);

        Assert.StartsWith("The request has no messages", Assert.Single(explanation.Problems), StringComparison.Ordinal);
        Assert.Equal("", explanation.Body);
    }

    [Fact]
    public void Explain_ARequestThatHoldsTheKey_MasksIt()
    {
        var request = Chat();
        request.Messages = [ChatMessage.User($"My key is {FakeGateway.Key}.")];

        var text = Client(options => options.Headers["X-Key"] = FakeGateway.Key).Explain(request).ToString();

        Assert.DoesNotContain(FakeGateway.Key, text, StringComparison.Ordinal);
    }

    private static ChatCompletionRequest Chat() => new() { Model = "chat", Messages = [ChatMessage.User("It's")], MaxTokens = 10 };

    private CCApiClient Client(Action<CCApiClientOptions>? configure = null)
    {
        var transport = _gateway.Transport(options =>
        {
            options.UserAgent = "Test/1";
            configure?.Invoke(options);
        });
        transport.Costs.Prices = _prices;
        return new CCApiClient(transport);
    }
}
