using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Costs;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

/// <summary>What a call would send and may cost, before it is sent.</summary>
public class CallExplainerTests
{
    private const string Body = """{"model":"chat","messages":[{"role":"user","content":"It's"}],"max_tokens":10}""";
    private const string Overloaded = """{"error":{"message":"busy","type":"api_error","code":"overloaded"}}""";

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

    public static TheoryData<string> Kinds => ["chat", "stream", "speech", "image", "job"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Explain_OfEachKindWithOptionsOfTheCall_HasTheMessageThatTheCallSends(string kind)
    {
        _gateway.Otherwise = _ => FakeGateway.Json(200, """{"id":"job-1","status":"completed","choices":[],"data":[]}""");
        var more = new Dictionary<string, JsonElement> { ["x_more"] = JsonDocument.Parse("""{"é":["It's",null,1e-6]}""").RootElement };
        var client = Client(options =>
        {
            options.Headers["X-Team"] = "search";
            options.Headers["X-Of-Both"] = "client";
            options.Failover.Alternatives["chat"] = ["cheap"];
        });
        var options = new CCApiRequestOptions { IdempotencyKey = "key-1", ApiKey = "sk-of-the-call", Headers = { ["x-of-both"] = "call", ["X-Of-Call"] = "1" } };

        var explanation = kind switch
        {
            "chat" => await ExplainAsync(With(Chat()), (request, call) => client.Explain(request, call), (request, call) => client.Chat.CompleteAsync(request, call)),
            "stream" => await ExplainAsync(With(Chat()), (request, call) => client.Explain(Streamed(request), call), (request, call) => client.Chat.StreamAsync(request, call).GetResponseAsync()),
            "speech" => await ExplainAsync(
                new AudioSpeechRequest { Model = "voice", Input = "Hello", Voice = "aria", AdditionalProperties = more },
                (request, call) => client.Explain(request, call),
                (request, call) => client.Audio.CreateSpeechAsync(request, call)),
            "image" => await ExplainAsync(
                new LegacyImageGenerationRequest { Model = "image", Prompt = "A fox.", N = 2, AdditionalProperties = more },
                (request, call) => client.Explain(request, call),
                (request, call) => client.Images.GenerateAsync(request, call)),
            _ => await ExplainAsync(
                MultimodalImageGenerationRequest.FromPrompt("A fox.").WithModel("image").WithSeed(7),
                (request, call) => client.Explain(request, call),
                (request, call) => client.Images.StartAsync(request, call)),
        };

        var sent = _gateway.Sent[0];
        Assert.Equal((sent.Method, sent.Uri, sent.Body), (explanation.Method, explanation.Address.AbsoluteUri, explanation.Body));
        Assert.Equal(
            sent.Headers.Where(header => header.Key is not ("Authorization" or "Content-Length")).Select(header => $"{header.Key}: {header.Value}".ToUpperInvariant()).OrderBy(line => line, StringComparer.Ordinal),
            explanation.Headers.Select(header => $"{header.Key}: {header.Value}".ToUpperInvariant()).OrderBy(line => line, StringComparer.Ordinal));
        Assert.DoesNotContain("sk-of-the-call", explanation.ToString(), StringComparison.Ordinal);

        ChatCompletionRequest With(ChatCompletionRequest request)
        {
            request.AdditionalProperties = more;
            return request;
        }

        static ChatCompletionRequest Streamed(ChatCompletionRequest request)
        {
            var copy = Chat();
            (copy.Stream, copy.AdditionalProperties) = (true, request.AdditionalProperties);
            return copy;
        }

        async Task<CallExplanation> ExplainAsync<TRequest>(
            TRequest request, Func<TRequest, CCApiRequestOptions, CallExplanation> explain, Func<TRequest, CCApiRequestOptions, Task> call)
        {
            var explained = explain(request, options);
            Assert.Empty(_gateway.Sent);
            try
            {
                await call(request, options);
            }
            catch (CCApiException)
            {
                // What the gateway returns is not what this is about.
            }

            return explained;
        }
    }

    [Theory]
    [InlineData("n", "10", 100)]
    [InlineData("max_tokens", "1000", 1000)]
    [InlineData("max_completion_tokens", "1000", 1000)]
    public void Explain_AChatWithAMemberThatIsAlsoAdditional_BoundsWhatIsSent(string name, string value, long tokens)
    {
        var request = Chat();
        (request.N, request.AdditionalProperties) = (1, new Dictionary<string, JsonElement> { [name] = JsonDocument.Parse(value).RootElement });

        var explanation = Client().Explain(request);

        var isSent = explanation.Body.Contains($"\"{name}\":{value}", StringComparison.Ordinal);
        Assert.Equal((explanation.Body.Length * 0.001m) + ((isSent ? tokens : 10) * 0.01m), explanation.AtMost.Amount);
    }

    [Fact]
    public async Task Explain_WithABudgetOfAStoreThatWasNotReadYet_DoesNotGuessItsState()
    {
        var store = new InMemoryBudgetStore();
        store.SetLimit("a", 5);
        var budget = new CCApiBudget(new RemoteStore(store), "a");
        var client = Client(options => options.Budget = budget);

        var before = client.Explain(Chat());
        await budget.RefreshAsync(TestContext.Current.CancellationToken);
        var after = client.Explain(Chat());

        Assert.Empty(before.Problems);
        Assert.Equal(["client: not known yet"], before.Budgets);
        Assert.Empty(after.Problems);
        Assert.Equal(["client: 0 spent and 0 reserved of 5 USD"], after.Budgets);
    }

    [Fact]
    public void Explain_ALargeChat_PipesItsBodyToCurl()
    {
        var request = Chat();
        request.Messages = [ChatMessage.User(new string('\'', 30_000))];

        var curl = Client().Explain(request).Curl;

        Assert.StartsWith("printf %s '{\"model\":\"chat\"", curl, StringComparison.Ordinal);
        Assert.EndsWith("' --data-binary @-", curl, StringComparison.Ordinal);
        Assert.Contains("' | curl -sS -X POST 'https://gateway.test/v1/chat/completions' -H ", curl, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_OfAnAddressWithBrackets_SwitchesGlobbingOff()
    {
        var curl = Client(options =>
        {
            options.BaseAddress = new Uri("http://[::1]:5000/v1/");
            options.Headers["X-Empty"] = "";
        }).Explain(Chat()).Curl;

        Assert.StartsWith("curl -sS -X POST -g 'http://[::1]:5000/v1/chat/completions' -H ", curl, StringComparison.Ordinal);
        Assert.Contains(" -H 'X-Empty;' ", curl, StringComparison.Ordinal);
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
        var client = new CCApiClient(_gateway.Transport(options => options.Budget = new CCApiBudget(1)));

        var explanation = client.Explain(Chat());

        const string reason = "the catalog was not retrieved; client.Catalog.GetCatalogAsync() retrieves it";
        Assert.Equal((reason, reason), (explanation.Estimate.Reason, explanation.AtMost.Reason));
        Assert.Empty(explanation.Problems);
    }

    [Theory]
    [InlineData("5", true, null)]
    [InlineData("0", true, "has nothing left")]
    [InlineData("5", false, "the catalog was not retrieved")]
    public void Explain_BeforeTheCatalogWithABudget_HasOnlyTheProblemsOfTheCall(string limit, bool isRetrievable, string? expected)
    {
        var transport = _gateway.Transport(options => options.Budget = new CCApiBudget(decimal.Parse(limit, CultureInfo.InvariantCulture)));
        var client = new CCApiClient(transport);
        transport.Costs.Source.Retrieve = isRetrievable ? _ => Task.CompletedTask : null;

        var problems = client.Explain(Chat()).Problems;

        Assert.Equal(expected is null ? 0 : 1, problems.Count);
        Assert.All(problems, problem => Assert.Contains(expected!, problem, StringComparison.Ordinal));
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
        _gateway.Respond(503, Overloaded).Respond(200, """{"choices":[{"message":{"content":"Hi!"}}]}""");
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
    public async Task Explain_AfterAFailoverOfTheCallsKey_HasCoolingModelsForThatKeyOnly()
    {
        const string completion = """{"choices":[{"message":{"content":"Hi!"}}]}""";
        _gateway.Respond(503, Overloaded).Respond(200, completion).Respond(200, completion);
        var client = Client(options =>
        {
            options.Failover.Alternatives["chat"] = ["cheap"];
            options.Retry.MaxRetries = 0;
        });
        var ofCall = new CCApiRequestOptions { ApiKey = "sk-of-the-call" };
        await client.Chat.CompleteAsync(Chat(), ofCall);
        await client.Chat.CompleteAsync(Chat());

        var same = client.Explain(Chat(), ofCall);
        var other = client.Explain(Chat());

        Assert.Equal(["chat"], same.CoolingModels);
        Assert.Equal(["cheap", "chat"], same.Models);
        Assert.Empty(other.CoolingModels);
        Assert.Equal(["chat", "cheap"], other.Models);
    }

    [Fact]
    public async Task Explain_WithAProviderOfKeys_HasCoolingModelsForTheKeyThatWasSentLast()
    {
        _gateway.Respond(503, Overloaded).Respond(200, """{"choices":[{"message":{"content":"Hi!"}}]}""");
        var client = Client(options =>
        {
            (options.ApiKey, options.ApiKeyProvider) = (null, _ => new ValueTask<string>("sk-provided"));
            options.Failover.Alternatives["chat"] = ["cheap"];
            options.Retry.MaxRetries = 0;
        });

        var before = client.Explain(Chat());
        await client.Chat.CompleteAsync(Chat());
        var after = client.Explain(Chat());

        Assert.Empty(before.CoolingModels);
        Assert.Equal(["chat"], after.CoolingModels);
    }

    [Fact]
    public void Explain_WithARateLimiter_HasItsPermitsAndItsQueue()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 3, QueueLimit = 1 });
        using var lease = limiter.AttemptAcquire(3);
        var waiting = limiter.AcquireAsync(1, TestContext.Current.CancellationToken);

        var explanation = Client(options => options.RateLimiter = limiter).Explain(Chat());

        Assert.False(waiting.IsCompleted);
        Assert.Equal("0 permits available, 1 waiting", explanation.RateLimiter);
        Assert.Null(Client().Explain(Chat()).RateLimiter);
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
                "POST /chat/completions was not sent: the budget of the client needs its maximum cost, which is not known: the catalog does not list unlisted. Use a model with a known price, or set CCApiBudget.UnknownPriceReservation to the amount that such a call reserves.",
            ],
            explanation.Problems);
    }

    [Fact]
    public void Explain_Null_Throws()
    {
        var exception = Assert.Throws<ArgumentNullException>(() => Client().Explain((ChatCompletionRequest)null!));

        Assert.Equal("request", exception.ParamName);
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

    public static TheoryData<string> Broken =>
    [
        "messages null", "message null", "no messages", "no role", "models with null", "models with empty",
        "failover to null", "no input", "no speech model", "no prompt", "contents null", "mask alone", "empty image", "header null", "content null, streamed",
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void Explain_ARequestThatCannotBeSent_SaysWhyAndNeverThrows(string fault)
    {
        var client = Client(options => options.Budget = new CCApiBudget(5));

        var explanation = Explain(client, fault);

        Assert.NotEmpty(explanation.Problems);
        Assert.Equal(explanation.Problems.Distinct(), explanation.Problems);
        Assert.NotEmpty(explanation.ToString());
    }

    [Theory]
    [InlineData("part null")]
    [InlineData("content null")]
    public void Explain_ARequestWithANull_LeavesItOut(string fault) =>
        Assert.Contains("[]", Explain(Client(options => options.Budget = new CCApiBudget(5)), fault).Body, StringComparison.Ordinal);

    [Fact]
    public void Explain_ARequestThatCannotBeSent_HasNoPrice()
    {
        var request = Chat();
        request.Messages = null!;

        var explanation = Client(options => options.Budget = new CCApiBudget(5)).Explain(request);

        Assert.Equal("the request cannot be sent", explanation.AtMost.Reason);
        Assert.Equal("the request cannot be sent", explanation.Estimate.Reason);
        Assert.StartsWith("The request has no messages", Assert.Single(explanation.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 62, 4)]
    [InlineData(long.MaxValue, 2)]
    [InlineData(1, long.MaxValue)]
    [InlineData(1L << 32, 1L << 32)]
    public void Explain_MoreTokensThanANumberHolds_IsNotCheap(long maxTokens, long choices)
    {
        var request = Chat();
        (request.MaxTokens, request.N) = (maxTokens, choices);

        var explanation = Client(options => options.Budget = new CCApiBudget(1_000_000)).Explain(request);

        var bytes = explanation.Body.Length;
        Assert.Equal((bytes * 0.001m) + (long.MaxValue * 0.01m), explanation.AtMost.Amount);
        Assert.Equal((Math.Ceiling(bytes / 4m) * 0.001m) + (long.MaxValue * 0.01m), explanation.Estimate.Amount);
        Assert.Contains("for its maximum cost", Assert.Single(explanation.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_TwoMaximaOfTokens_TakesTheLarger()
    {
        var request = Chat();
        (request.MaxTokens, request.MaxCompletionTokens) = (1000, 10);

        var explanation = Client().Explain(request);

        Assert.Equal((explanation.Body.Length * 0.001m) + 10m, explanation.AtMost.Amount);
    }

    [Theory]
    [InlineData("n", "3", 30)]
    [InlineData("n", "\"3\"", 30)]
    [InlineData("n", "2.5", 30)]
    [InlineData("n", "0", 10)]
    [InlineData("n", "null", 10)]
    [InlineData("n", "1e300", long.MaxValue)]
    [InlineData("n", "\"many\"", long.MaxValue)]
    public void Explain_AChatWithAnAdditionalMember_TakesItIntoAccount(string name, string value, long tokens)
    {
        var request = Chat();
        request.AdditionalProperties = new Dictionary<string, JsonElement> { [name] = JsonDocument.Parse(value).RootElement };

        var explanation = Client().Explain(request);

        Assert.Null(explanation.AtMost.Reason);
        Assert.Equal((explanation.Body.Length * 0.001m) + (tokens * 0.01m), explanation.AtMost.Amount);
    }

    [Fact]
    public void Explain_AChatWithAModelBesideModels_BoundsByTheDearest()
    {
        var request = Chat();
        request.Models = ["cheap"];

        var explanation = Client().Explain(request);

        Assert.Equal(["cheap", "chat"], explanation.Models);
        Assert.Equal((explanation.Body.Length * 0.001m) + 0.1m, explanation.AtMost.Amount);
    }

    [Fact]
    public void Explain_AChatWithAdditionalModels_LetsTheGatewayChoose()
    {
        var request = Chat();
        request.AdditionalProperties = new Dictionary<string, JsonElement> { ["models"] = JsonDocument.Parse("""["dear"]""").RootElement };

        Assert.Equal("the gateway chooses the model", Client().Explain(request).AtMost.Reason);
    }

    [Fact]
    public void Explain_ImagesWithAnAdditionalNumber_BoundsAllOfThem()
    {
        var three = new Dictionary<string, JsonElement> { ["n"] = JsonDocument.Parse("\"3\"").RootElement, ["num_images"] = JsonDocument.Parse("3").RootElement };
        var job = MultimodalImageGenerationRequest.FromPrompt("A fox.").WithModel("image");
        job.Parameters = new MultimodalImageParameters { AdditionalProperties = three };

        Assert.Equal(0.12m, Client().Explain(new LegacyImageGenerationRequest { Model = "image", Prompt = "A fox.", AdditionalProperties = three }).AtMost.Amount);
        Assert.Equal(0.12m, Client().Explain(job).AtMost.Amount);
    }

    [Fact]
    public void Explain_AReferenceToSoundInAMessage_BoundsByTheContext()
    {
        _prices.ContextLength = 2000;
        var request = Chat();
        var message = ChatMessage.Assistant("It's");
        message.AdditionalProperties = new Dictionary<string, JsonElement> { ["audio"] = JsonDocument.Parse("""{"id":"audio-1"}""").RootElement };
        request.Messages = [message];

        Assert.Equal(2.1m, Client().Explain(request).AtMost.Amount);
    }

    private static CallExplanation Explain(CCApiClient client, string fault)
    {
        var chat = Chat();
        var speech = new AudioSpeechRequest { Model = "voice", Input = "Hello", Voice = "aria" };
        var image = new LegacyImageGenerationRequest { Model = "image", Prompt = "A fox." };
        var job = MultimodalImageGenerationRequest.FromPrompt("A fox.").WithModel("image");
        var options = new CCApiRequestOptions();
        switch (fault)
        {
            case "messages null":
                chat.Messages = null!;
                break;
            case "message null":
                chat.Messages = [null!];
                break;
            case "no messages":
                chat.Messages = [];
                break;
            case "no role":
                chat.Messages = [new ChatMessage { Content = "Hi" }];
                break;
            case "part null":
                chat.Messages = [new ChatMessage { Role = ChatRole.User, Content = new ChatMessageContent([null!]) }];
                break;
            case "models with null":
                chat.Models = [null!];
                break;
            case "models with empty":
                chat.Models = ["chat", ""];
                break;
            case "failover to null":
                options.FailoverModels = [null!];
                break;
            case "header null":
                options.Headers["X-A"] = null!;
                break;
            case "content null, streamed":
                (chat.Messages, chat.Stream) = (null!, true);
                break;
            case "no input" or "no speech model":
                speech.Input = fault == "no input" ? null! : "Hello";
                speech.Model = fault == "no speech model" ? null! : "voice";
                return client.Explain(speech, options);
            case "no prompt":
                image.Prompt = null!;
                return client.Explain(image, options);
            case "contents null":
                job.Contents = null!;
                return client.Explain(job, options);
            case "content null":
                job.Contents = [null!];
                return client.Explain(job, options);
            case "mask alone":
                job.Contents = [new MultimodalInputContent { Mask = new MultimodalInputImage { Url = "https://cdn.test/a.png" } }];
                return client.Explain(job, options);
            case "empty image":
                job.Contents = [new MultimodalInputContent { Image = new MultimodalInputImage() }];
                return client.Explain(job, options);
        }

        return client.Explain(chat, options);
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

    /// <summary>A store that is not that of this process.</summary>
    private sealed class RemoteStore(IBudgetStore inner) : IBudgetStore
    {
        public ValueTask<BudgetDecision> ReserveAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) =>
            inner.ReserveAsync(scope, reservationId, amount, cancellationToken);

        public ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default) =>
            inner.MarkSentAsync(scope, reservationId, cancellationToken);

        public ValueTask<BudgetState> SettleAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) =>
            inner.SettleAsync(scope, reservationId, amount, cancellationToken);

        public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) => inner.GetStateAsync(scope, cancellationToken);
    }
}
