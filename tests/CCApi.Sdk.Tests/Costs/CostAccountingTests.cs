using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Costs;

/// <summary>What each kind of call costs by what the gateway reports.</summary>
public class CostAccountingTests
{
    private const string Completion = """{"model":"m-2","choices":[{"index":0,"message":{"role":"assistant","content":"Hi!"},"finish_reason":"stop"}],"usage":{"total_tokens":3,"cost":0.25}}""";
    private const string Busy = """{"error":{"message":"busy","type":"api_error","code":"overloaded"}}""";
    private const string BusyAndCharged = """{"error":{"message":"busy","type":"api_error","code":503},"usage":{"total_tokens":3,"cost":0.125}}""";

    private const string CostHeader = "x-litellm-response-cost: 0.5";

    private readonly FakeGateway _gateway = new();
    private readonly TestClock _clock = new();

    [Fact]
    public async Task Chat_WithAReportedCost_HasIt()
    {
        _gateway.Respond(200, Completion);

        var response = await Client().Chat.CompleteAsync("m", "Hi");

        Assert.Equal("0.25 USD (reported)", response.Info!.Cost.ToString());
        Assert.Equal("m-2", response.Info.Cost.Model);
    }

    [Theory]
    [InlineData("""{"cost":{"total_cost":0.5,"input_tokens_cost":0.1}}""", "0.5 USD (reported)")]
    [InlineData("""{"total_tokens":3}""", "unknown")]
    [InlineData("""{"cost":-1}""", "unknown")]
    [InlineData("null", "unknown")]
    public async Task Chat_WithUsage_HasTheCostInIt(string usage, string expected)
    {
        _gateway.Respond(200, $$"""{"choices":[{"message":{"content":"Hi!"},"finish_reason":"stop"}],"usage":{{usage}}}""");

        var response = await Client().Chat.CompleteAsync("m", "Hi");

        Assert.Equal(expected, response.Info!.Cost.ToString());
        Assert.Equal("m", response.Info.Cost.Model);
    }

    [Fact]
    public async Task Stream_ThatIsRead_HasTheCostAtItsEnd()
    {
        Stream("""{"choices":[{"delta":{"content":"Hi!"},"finish_reason":"stop"}]}""", """{"choices":[],"usage":{"cost":0.25}}""", "[DONE]");

        await using var stream = Client().Chat.StreamAsync("m", "Hi");
        await foreach (var text in stream.ReadTextAsync())
        {
            Assert.Equal((CostSource.Unknown, "Hi!"), (stream.Info!.Cost.Source, text));
        }

        Assert.Equal("0.25 USD (reported)", stream.Info!.Cost.ToString());
        Assert.Equal("0.25 USD (reported)", (await stream.GetResponseAsync()).Info!.Cost.ToString());
    }

    [Fact]
    public async Task Stream_ThatIsAbandonedBeforeUsage_IsUnknown()
    {
        Stream("""{"choices":[{"delta":{"content":"Hi"}}]}""", """{"choices":[{"delta":{"content":"!"},"finish_reason":"stop"}]}""", """{"choices":[],"usage":{"cost":0.25}}""");

        await using var stream = Client().Chat.StreamAsync("m", "Hi");
        await foreach (var _ in stream.ReadTextAsync())
        {
            break;
        }

        Assert.Equal((CostSource.Unknown, "m"), (stream.Info!.Cost.Source, stream.Info.Cost.Model));
    }

    [Fact]
    public async Task Stream_ThatIsAbandonedAfterUsage_HasTheCost()
    {
        Stream("""{"choices":[{"delta":{"content":"Hi"}}],"usage":{"cost":0.25}}""", """{"choices":[{"delta":{"content":"!"},"finish_reason":"stop"}]}""");

        await using var stream = Client().Chat.StreamAsync("m", "Hi");
        await foreach (var _ in stream)
        {
            break;
        }

        Assert.Equal("0.25 USD (reported)", stream.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Stream_ThatFailsAfterUsage_ThrowsWithTheCost()
    {
        Stream("""{"choices":[{"delta":{"content":"Hi"}}],"usage":{"cost":0.25}}""", """{"error":{"message":"no","code":502}}""");

        await using var stream = Client().Chat.StreamAsync("m", "Hi");
        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => stream.GetResponseAsync());

        Assert.Equal("0.25 USD (reported)", exception.Cost!.ToString());
        Assert.Equal("0.25 USD (reported)", exception.PartialResponse!.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Stream_ThatFailsWithoutUsage_MayHaveCostSomething()
    {
        Stream("""{"choices":[{"delta":{"content":"Hi"}}]}""", """{"error":{"message":"no","code":502}}""");

        await using var stream = Client().Chat.StreamAsync("m", "Hi");
        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => stream.GetResponseAsync());

        Assert.Equal("unknown", exception.Cost!.ToString());
    }

    [Fact]
    public async Task Call_ThatIsRejected_CostsNothing()
    {
        _gateway.Respond(401, """{"error":{"message":"no key"}}""");

        var exception = await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Null(exception.Cost);
        Assert.Null(exception.Attempts[0].Cost);
    }

    [Fact]
    public async Task Call_WithAHiddenErrorAndUsage_ThrowsWithTheCost()
    {
        _gateway.Respond(200, BusyAndCharged);

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Equal("0.125 USD (reported)", exception.Cost!.ToString());
        Assert.Equal("0.125 USD (reported)", exception.Attempts[0].Cost!.ToString());
    }

    [Fact]
    public async Task Call_ThatIsRetriedAfterACharge_CostsBoth()
    {
        _gateway.Respond(200, BusyAndCharged).Respond(200, Completion);

        var response = await Client(retry => retry.RetryPossiblyCharged = true).Chat.CompleteAsync("m", "Hi");

        Assert.Equal("0.375 USD (reported)", response.Info!.Cost.ToString());
        Assert.Equal("0.125 USD (reported)", response.Info.Attempts[0].Cost!.ToString());
    }

    [Fact]
    public async Task Call_ThatIsRetriedAfterWhatMayHaveBeenCharged_HasItsCostAsAPart()
    {
        _gateway.Fail(() => new HttpRequestException("reset")).Respond(200, Completion);

        var response = await Client(retry => retry.RetryPossiblyCharged = true).Chat.CompleteAsync("m", "Hi");

        Assert.Equal("at least 0.25 USD (reported)", response.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Call_ThatFailsOverAfterARejection_CostsTheLast()
    {
        _gateway.Respond(503, Busy).Respond(200, Completion);

        var response = await Client(retry => retry.MaxRetries = 0).Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { FailoverModels = ["m-2"] });

        Assert.Equal(("0.25 USD (reported)", "m-2"), (response.Info!.Cost.ToString(), response.Info.Cost.Model));
    }

    [Fact]
    public async Task Speech_WithCredits_HasThem()
    {
        _gateway.Respond(200, """{"audio_url":"https://cdn.test/a.mp3","credits_charged":1.5}""");

        var speech = await Client().Audio.CreateSpeechAsync("m", "Hi", "aria");

        Assert.Equal(("1.5 credits (reported)", "m"), (speech.Info!.Cost.ToString(), speech.Info.Cost.Model));
    }

    [Fact]
    public async Task Speech_WithTheValueOfACredit_IsConverted()
    {
        _gateway.Respond(200, """{"audio_url":"https://cdn.test/a.mp3","credits_charged":1.5}""");

        var speech = await Client(options => options.CreditValue = 0.01m).Audio.CreateSpeechAsync("m", "Hi", "aria");

        Assert.Equal("0.015 USD (reported)", speech.Info!.Cost.ToString());
    }

    [Theory]
    [InlineData(null, "0.001 credits (computed)")]
    [InlineData("0.01", "0.00001 USD (computed)")]
    public async Task Speech_WithAPriceInCredits_IsConvertedByTheirValue(string? value, string expected)
    {
        _gateway.Respond(200, """{"audio_url":"https://cdn.test/a.mp3"}""");
        var transport = Transport(options => options.CreditValue = value is null ? null : decimal.Parse(value, CultureInfo.InvariantCulture));
        transport.Costs.Prices = new TestPrices().Add("m", """{"unit":"1K characters","currency":"credits","input":0.5}""");

        var speech = await new CCApiClient(transport).Audio.CreateSpeechAsync("m", "Hi", "aria");

        Assert.Equal(expected, speech.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Images_OfBothOperations_HaveWhatIsReported()
    {
        _gateway.Respond(200, """{"data":[{"url":"https://cdn.test/a.png"}],"usage":{"cost":0.5}}""");
        _gateway.Respond(200, """{"id":"job-1","status":"completed","data":[{"url":"https://cdn.test/a.png"}],"credits_charged":2}""");
        var client = Client();

        var legacy = await client.Images.GenerateAsync("m", "A fox.");
        var images = await client.Images.GenerateAsync(MultimodalImageGenerationRequest.FromPrompt("A fox."));

        Assert.Equal(("0.5 USD (reported)", "2 credits (reported)"), (legacy.Info!.Cost.ToString(), images.Info!.Cost.ToString()));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":3}""", "0.5 USD (reported)")]
    [InlineData("""{"prompt_tokens":3,"cost":0.25}""", "0.25 USD (reported)")]
    [InlineData("""{"prompt_tokens":3,"cost":0}""", "0 USD (reported)")]
    public async Task Chat_WithACostInItsHeaders_HasItWhereTheBodyHasNone(string usage, string expected)
    {
        var json = $$"""{"model":"m-2","choices":[{"message":{"content":"Hi!"},"finish_reason":"stop"}],"usage":{{usage}}}""";
        _gateway.Respond(200, json, CostHeader);

        var response = await Client().Chat.CompleteAsync("m", "Hi");

        Assert.Equal((expected, "m-2"), (response.Info!.Cost.ToString(), response.Info.Cost.Model));
    }

    [Fact]
    public async Task Chat_WithACostInTheHeadersOfTheAttemptBefore_HasItsOwn()
    {
        _gateway.Respond(200, """{"error":{"message":"busy","code":"overloaded"}}""", CostHeader).Respond(200, """{"choices":[{"message":{"content":"Hi!"}}]}""");

        var response = await Client(retry => retry.MaxRetries = 1).Chat.CompleteAsync("m", "Hi");

        Assert.Equal("unknown", response.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Stream_WithACostInItsHeaders_HasThatOfItsChunks()
    {
        const string Body = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi!\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        _gateway.Respond(_ => FakeGateway.Content(200, Body, "text/event-stream", CostHeader));

        await using var stream = Client().Chat.StreamAsync("m", "Hi");
        var response = await stream.GetResponseAsync();

        Assert.Equal("unknown", response.Info!.Cost.ToString());
    }

    [Fact]
    public async Task SpeechAndImages_WithACostInTheirHeaders_HaveIt()
    {
        _gateway.Respond(_ => FakeGateway.Content(200, "ID3 sound", "audio/mpeg", CostHeader))
            .Respond(_ => FakeGateway.Content(200, "ID3 sound", "audio/mpeg", CostHeader))
            .Respond(200, """{"data":[{"url":"https://cdn.test/1.png"}]}""", CostHeader)
            .Respond(200, """{"status":"completed","data":[{"url":"https://cdn.test/1.png"}]}""", CostHeader);
        var client = Client();

        var speech = await client.Audio.CreateSpeechAsync("m", "Hi", "aria");
        using var sound = await client.Audio.StreamSpeechAsync(new AudioSpeechRequest { Model = "m", Input = "Hi", Voice = "aria" });
        var images = await client.Images.GenerateAsync("m", "a cat");
        var job = await client.Images.StartAsync(new MultimodalImageGenerationRequest { Model = "m", Contents = [new() { Text = "a cat" }] });

        CCApiResponseInfo?[] infos = [speech.Info, sound.Info, images.Info, job.Latest!.Info];
        Assert.All(infos, info => Assert.Equal("0.5 USD (reported)", info!.Cost.ToString()));
    }

    [Fact]
    public async Task AnyEndpoint_WithACostInItsHeaders_HasIt()
    {
        _gateway.Respond(200, """{"data":[]}""", CostHeader)
            .Respond(_ => FakeGateway.Content(200, "bytes", "application/octet-stream", CostHeader))
            .Respond(_ => FakeGateway.Content(200, "data: 1\n\n", "text/event-stream", CostHeader))
            .Respond(200, """{"data":[]}""", CostHeader);
        var client = Client();

        using var json = await client.SendAsync(HttpMethod.Post, "embeddings", content: null);
        using var bytes = await client.SendAsync(HttpMethod.Post, "files", content: null);
        using var events = await client.SendAsync(HttpMethod.Post, "events", content: null);
        using var read = await client.SendAsync(HttpMethod.Get, "files", content: null);

        Assert.Equal(
            ["0.5 USD (reported)", "0.5 USD (reported)", "unknown", "0 USD (computed)"],
            new[] { json, bytes, events, read }.Select(response => response.Info.Cost.ToString()));
    }

    [Theory]
    [InlineData(null, "\"default\"", "0.023 USD (computed)")]
    [InlineData(null, "\"flex\"", "unknown")]
    [InlineData("priority", "null", "unknown")]
    [InlineData("priority", "\"default\"", "0.023 USD (computed)")]
    [InlineData("auto", "\"priority\"", "unknown")]
    public async Task Chat_OfAServiceTier_IsComputedForTheStandardOneAlone(string? requested, string used, string expected)
    {
        _gateway.Respond(200, $$$"""{"service_tier":{{{used}}},"choices":[{"message":{"content":"Hi!"} }],"usage":{"prompt_tokens":3,"completion_tokens":2} }""");
        var transport = Transport();
        transport.Costs.Prices = new TestPrices().Chat("m", "1000", "10000");
        var request = new ChatCompletionRequest { Model = "m", Messages = [ChatMessage.User("Hi")] };
        if (requested is not null)
        {
            request.AdditionalProperties = new Dictionary<string, JsonElement> { ["service_tier"] = JsonSerializer.SerializeToElement(requested) };
        }

        var response = await new CCApiClient(transport).Chat.CompleteAsync(request);

        Assert.Equal(expected, response.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Stream_OfAServiceTier_IsThatOfAnyOfItsChunks()
    {
        Stream("""{"service_tier":"flex","choices":[{"delta":{"content":"Hi!"},"finish_reason":"stop"}]}""", """{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}""", "[DONE]");
        var transport = Transport();
        transport.Costs.Prices = new TestPrices().Chat("m", "1000", "10000");

        await using var stream = new CCApiClient(transport).Chat.StreamAsync("m", "Hi");
        var response = await stream.GetResponseAsync();

        Assert.Equal("unknown", response.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Catalog_IsFree()
    {
        _gateway.Respond(200, """{"data":[]}""");

        var models = await Client().Catalog.ListModelsAsync();

        Assert.Equal((0m, CostSource.Computed), (models.Info!.Cost.Amount, models.Info.Cost.Source));
    }

    [Fact]
    public async Task AnyEndpoint_OfJson_HasWhatIsReported()
    {
        _gateway.Respond(200, """{"model":"e","data":[],"usage":{"cost":0.5}}""");

        using var response = await Client().SendAsync(HttpMethod.Post, "embeddings", content: null);

        Assert.Equal(("0.5 USD (reported)", "e"), (response.Info.Cost.ToString(), response.Info.Cost.Model));
    }

    [Fact]
    public async Task StructuredOutput_OfTwoResponses_CostsBoth()
    {
        _gateway.Respond(200, Completion).Respond(200, Completion.Replace("Hi!", """{\"city\":\"Oslo\"}"""));

        var response = await Client().Chat.CompleteAsync("m", "Hi", SampleJson.Default.CityArgs);

        Assert.Equal("0.50 USD (reported)", response.Cost.ToString());
    }

    [Fact]
    public async Task StructuredOutput_WhoseSecondRequestFails_ThrowsWithTheCost()
    {
        _gateway.Respond(200, Completion).Respond(200, BusyAndCharged);

        var exception = await Assert.ThrowsAsync<ChatStructuredOutputException>(() => Client().Chat.CompleteAsync("m", "Hi", SampleJson.Default.CityArgs));

        Assert.Equal("0.375 USD (reported)", exception.Cost!.ToString());
    }

    [Fact]
    public async Task StructuredOutput_ThatNeverFits_ThrowsWithTheCost()
    {
        _gateway.Respond(200, Completion).Respond(200, Completion);

        var exception = await Assert.ThrowsAsync<ChatStructuredOutputException>(() => Client().Chat.CompleteAsync("m", "Hi", SampleJson.Default.CityArgs));

        Assert.Equal("0.50 USD (reported)", exception.Cost!.ToString());
    }

    [Fact]
    public async Task ToolsRun_OfTwoTurns_CostsBoth()
    {
        _gateway.Respond(200, Turn(cost: 0.125m)).Respond(200, Completion);

        var steps = await RunAsync();

        Assert.Equal(["0.125 USD (reported)", "0.25 USD (reported)"], steps.OfType<ChatTurnStep>().Select(turn => turn.Cost.ToString()));
        Assert.Equal("0.375 USD (reported)", steps.OfType<ChatDoneStep>().Single().Cost.ToString());
    }

    [Fact]
    public async Task ToolsRun_ThatFailsInItsSecondTurn_HasTheCostOfBoth()
    {
        _gateway.Respond(200, Turn(cost: 0.125m)).Respond(200, BusyAndCharged);

        var exception = await Assert.ThrowsAsync<CCApiServerException>(RunAsync);

        Assert.Equal("0.125 USD (reported)", exception.Cost!.ToString());
        Assert.Equal("0.250 USD (reported)", exception.RunProgress!.Cost!.ToString());
    }

    [Fact]
    public async Task Chat_WithoutUsage_StaysUnknownWithTheCatalog()
    {
        _gateway.Respond(200, """{"choices":[{"message":{"content":"Hi!"},"finish_reason":"stop"}]}""");
        var transport = Transport();
        transport.Costs.Prices = new TestPrices().Chat("m", "1000", "10000");

        var response = await new CCApiClient(transport).Chat.CompleteAsync("m", "Hi");

        Assert.Equal("unknown", response.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Chat_WithRetrieveCatalogForCosts_RetrievesOnceAndWaitsForNothing()
    {
        var retrievals = 0;
        var catalog = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Otherwise = _ => FakeGateway.Json(200, """{"choices":[{"message":{"content":"Hi!"}}],"usage":{"prompt_tokens":3,"completion_tokens":2}}""");
        var transport = Transport(options => options.RetrieveCatalogForCosts = true);
        var client = new CCApiClient(transport);
        transport.Costs.Source.Retrieve = async _ =>
        {
            retrievals++;
            begun.SetResult(true);
            await catalog.Task;
            transport.Costs.Prices = new TestPrices().Chat("m", "1000", "10000");
        };

        var before = await client.Chat.CompleteAsync("m", "Hi");
        await Patience.Wait(begun.Task);
        await client.Chat.CompleteAsync("m", "Hi");
        catalog.SetResult(true);
        await Patience.Wait(Task.Run(async () =>
        {
            while (transport.Costs.Prices is null)
            {
                await Task.Yield();
            }
        }));
        var after = await client.Chat.CompleteAsync("m", "Hi");

        Assert.Equal(("unknown", "0.023 USD (computed)", 1), (before.Info!.Cost.ToString(), after.Info!.Cost.ToString(), retrievals));
    }

    [Fact]
    public async Task Chat_WithoutRetrieveCatalogForCosts_RetrievesNothing()
    {
        _gateway.Respond(200, """{"choices":[{"message":{"content":"Hi!"}}],"usage":{"prompt_tokens":3,"completion_tokens":2}}""");

        await Client().Chat.CompleteAsync("m", "Hi");

        Assert.Single(_gateway.Sent);
    }

    private static string Turn(decimal cost) =>
        $$$"""{"model":"m-2","choices":[{"message":{{{ToolScript.Calls("""x a {"city":"Oslo"}""")}}},"finish_reason":"tool_calls"}],"usage":{"cost":{{{FormattableString.Invariant($"{cost}")}}}}}""";

    private async Task<List<ChatRunStep>> RunAsync()
    {
        var tools = new ChatTools();
        tools.Add("a", "a", SampleJson.Default.CityArgs, (args, _) => Task.FromResult(args.City));
        var steps = new List<ChatRunStep>();
        await foreach (var step in Client().Chat.RunAsync(ChatScript.Request, tools))
        {
            steps.Add(step);
        }

        return steps;
    }

    private void Stream(params string[] events) =>
        _gateway.Respond(_ => FakeGateway.Content(200, string.Concat(events.Select(data => $"data: {data}\n\n")), "text/event-stream"));

    private CCApiClient Client(Action<CCApiRetryOptions> configure) => Client(options => configure(options.Retry));

    private CCApiClient Client(Action<CCApiClientOptions>? configure = null) => new(Transport(configure));

    private CCApiTransport Transport(Action<CCApiClientOptions>? configure = null) => _gateway.Transport(options =>
    {
        options.TimeProvider = _clock;
        options.Retry.BaseDelay = TimeSpan.Zero;
        configure?.Invoke(options);
    });
}
