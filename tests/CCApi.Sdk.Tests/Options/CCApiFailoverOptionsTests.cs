using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CCApi.Sdk.Tests.Options;

/// <summary>Calls whose model fails, plain and streamed: which models are asked, what is sent, and what the trail says.</summary>
public class CCApiFailoverOptionsTests
{
    private const string Busy = """{"error":{"message":"Busy.","code":"overloaded"}}""";
    private const string NoModel = """{"error":{"message":"None.","code":"model_not_found"}}""";

    private const string Completion = """{"model":"b","choices":[{"message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}]}""";
    private static readonly string _stream = ChatScript.Frames(ChatScript.Text("Hello.", "stop")) + "data: [DONE]\n\n";

    public static TheoryData<string, string[]> Causes => new()
    {
        // The failures of model m, each response being a status and a body; a connection fails by an exception.
        { "503", ["m", "m", "m", "b"] },
        { "429", ["m", "m", "m", "b"] },
        { "503 model_not_found", ["m", "b"] },
        { "404 model_not_found", ["m", "b"] },
        { "unreachable", ["m", "m", "m", "b"] },
        { "400", ["m"] },
        { "401", ["m"] },
        { "402", ["m"] },
        { "404", ["m"] },
        { "504", ["m"] },
        { "520", ["m"] },
        { "lost", ["m"] },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public async Task Complete_AfterAFailure_FailsOverOnlyWhenNothingIsChargedTwice(string cause, string[] expected)
    {
        var script = Failing(cause).Respond(Completion, "application/json");

        var failure = await Record.ExceptionAsync(() => script.CreateClient().CompleteAsync(ChatScript.Request));

        Assert.Equal(expected, Models(script));
        Assert.Equal(expected.Contains("b"), failure is null);
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public async Task Stream_AfterAFailure_FailsOverOnlyWhenNothingIsChargedTwice(string cause, string[] expected)
    {
        var script = Failing(cause).Respond(_stream);
        await using var stream = script.Stream();

        var failure = await Record.ExceptionAsync(() => stream.GetResponseAsync());

        Assert.Equal(expected, Models(script));
        Assert.Equal(expected.Contains("b"), failure is null);
    }

    [Theory]
    [InlineData("504")]
    [InlineData("520")]
    [InlineData("lost")]
    public async Task Complete_AfterWhatMayHaveBeenCharged_GoesOnWhenAsked(string cause)
    {
        var script = Failing(cause).Respond(Completion, "application/json");

        await script.CreateClient().CompleteAsync(ChatScript.Request, new CCApiRequestOptions { RetryPossiblyCharged = true, MaxRetries = 0 });

        Assert.Equal(["m", "b"], Models(script));
    }

    [Fact]
    public async Task Complete_WithAnotherModel_SaysSoInTheTrail()
    {
        var script = Failing("503").Respond(Completion, "application/json");

        var response = await script.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(
            [
                "1 m 503 overloaded: transient",
                "2 m 503 overloaded: transient",
                "3 m 503 overloaded: 2 retries were made; fails over to b",
                "4 b 200 : ",
            ],
            response.Info!.Attempts.Select(attempt => $"{attempt.Number} {attempt.Model} {(int)attempt.StatusCode!} {attempt.Fault}: {attempt.Decision}"));
        Assert.Equal("""{"model":"b","messages":[{"role":"user","content":"Hi"}]}""", script.Requests[3].Split('\n').Last());
        Assert.Equal("m", ChatScript.Request.Model);
    }

    [Fact]
    public async Task Complete_WhenAllFail_ThrowsTheLastFailureWithTheWholeTrail()
    {
        var script = Failing("503 model_not_found").Respond(NoModel, "application/json", HttpStatusCode.NotFound);
        script.Options.Failover.Alternatives["m"] = ["b"];

        var exception = await Assert.ThrowsAsync<CCApiModelUnavailableException>(() => script.CreateClient().CompleteAsync(ChatScript.Request));

        Assert.Equal(["m", "b"], exception.Attempts.Select(attempt => attempt.Model));
        Assert.Equal(HttpStatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task Complete_WithAnotherModel_GivesItAllTheRetries()
    {
        var script = Failing("503").Respond(Busy, "application/json", HttpStatusCode.ServiceUnavailable).Respond(Busy, "application/json", HttpStatusCode.ServiceUnavailable);
        script.Respond(Completion, "application/json");

        await script.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(["m", "m", "m", "b", "b", "b"], Models(script));
    }

    [Fact]
    public async Task Complete_WithAnotherModelAfterAnotherKey_GivesItAllTheRetriesAndNoMore()
    {
        var keys = 0;
        var script = WithAlternative();
        script.Options.ApiKeyProvider = _ => new($"sk-{++keys}");
        script.Respond("{}", "application/json", HttpStatusCode.Unauthorized).Respond(NoModel, "application/json", HttpStatusCode.NotFound);
        for (var i = 0; i < 4; i++)
        {
            script.Respond(Busy, "application/json", HttpStatusCode.ServiceUnavailable);
        }

        await Assert.ThrowsAsync<CCApiServerException>(() => script.CreateClient().CompleteAsync(ChatScript.Request));

        Assert.Equal(["m", "m", "b", "b", "b"], Models(script));
    }

    [Fact]
    public async Task Complete_AfterAModelFailed_StartsWithTheOtherUntilItHasRested()
    {
        var script = Failing("503 model_not_found").Respond(Completion, "application/json").Respond(Completion, "application/json").Respond(Completion, "application/json");
        var client = script.CreateClient();

        await client.CompleteAsync(ChatScript.Request);
        var second = await client.CompleteAsync(ChatScript.Request);
        script.Time.Advance(TimeSpan.FromSeconds(60));
        await client.CompleteAsync(ChatScript.Request);

        Assert.Equal(["m", "b", "b", "m"], Models(script));
        Assert.Equal("b", Assert.Single(second.Info!.Attempts).Model);
    }

    [Fact]
    public async Task Complete_AfterAModelFailedForATenant_StartsWithItForAnother()
    {
        var script = Failing("503 model_not_found").Respond(Completion, "application/json").Respond(Completion, "application/json").Respond(Completion, "application/json");
        var client = script.CreateClient();

        await client.CompleteAsync(ChatScript.Request, new CCApiRequestOptions { ApiKey = "sk-tenant-a" });
        await client.CompleteAsync(ChatScript.Request, new CCApiRequestOptions { ApiKey = "sk-tenant-b" });
        await client.CompleteAsync(ChatScript.Request, new CCApiRequestOptions { ApiKey = "sk-tenant-a" });

        Assert.Equal(["m", "b", "m", "b"], Models(script));
    }

    [Fact]
    public async Task Complete_AfterAConnectionFailed_StartsWithTheSameModel()
    {
        var script = Failing("unreachable").Respond(Completion, "application/json").Respond(Completion, "application/json");
        var client = script.CreateClient();

        await client.CompleteAsync(ChatScript.Request);
        await client.CompleteAsync(ChatScript.Request);

        Assert.Equal(["m", "m", "m", "b", "m"], Models(script));
    }

    [Fact]
    public async Task Complete_WithAKeyOfTheCallers_GivesEachModelItsOwn()
    {
        var handler = new ScriptedHandler(
            ScriptedHandler.Json(NoModel, HttpStatusCode.NotFound), ScriptedHandler.Json(NoModel, HttpStatusCode.NotFound), ScriptedHandler.Json(Completion));
        using var client = new CCApiClient(new HttpClient(handler), new CCApiClientOptions { ApiKey = "sk-script" });

        await client.Chat.CompleteAsync(ChatScript.Request, new CCApiRequestOptions { IdempotencyKey = "order-1", FailoverModels = ["b", "c"] });

        Assert.Equal(["order-1", "order-1-model-2", "order-1-model-3"], handler.Headers.Select(headers => headers["Idempotency-Key"]));
    }

    [Fact]
    public async Task Complete_WithAKeyOfTheCallersAndCoolingModels_KeepsTheKeyOfEachModel()
    {
        var handler = new ScriptedHandler(
            ScriptedHandler.Json(NoModel, HttpStatusCode.NotFound),
            ScriptedHandler.Json(NoModel, HttpStatusCode.NotFound),
            ScriptedHandler.Json(Completion),
            ScriptedHandler.Json(Completion));
        using var client = new CCApiClient(new HttpClient(handler), new CCApiClientOptions { ApiKey = "sk-script" });
        var options = new CCApiRequestOptions { IdempotencyKey = "order-1", FailoverModels = ["b", "c"] };

        await client.Chat.CompleteAsync(ChatScript.Request, options);
        await client.Chat.CompleteAsync(ChatScript.Request, options);

        Assert.Equal(
            ["order-1", "order-1-model-2", "order-1-model-3", "order-1-model-3"],
            handler.Headers.Select(headers => headers["Idempotency-Key"]));
    }

    [Fact]
    public async Task RunAsync_WithAKeyOfTheCallers_GivesModelsAndTurnsDifferentOnes()
    {
        const string call = """{"choices":[{"message":{"tool_calls":[{"id":"t1","function":{"name":"add","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""";
        var handler = new ScriptedHandler(ScriptedHandler.Json(NoModel, HttpStatusCode.NotFound), ScriptedHandler.Json(call), ScriptedHandler.Json(Completion));
        using var client = new CCApiClient(new HttpClient(handler), new CCApiClientOptions { ApiKey = "sk-script" });
        var tools = new ChatTools().Add("add", "Adds", """{"type":"object"}""", (_, _) => Task.FromResult("3"));

        await foreach (var step in client.Chat.RunAsync(ChatScript.Request, tools, options: new CCApiRequestOptions { IdempotencyKey = "order-1", FailoverModels = ["b"] }))
        {
            Assert.NotNull(step);
        }

        var keys = handler.Headers.Select(headers => headers["Idempotency-Key"]).ToArray();
        Assert.Equal(3, keys.Length);
        Assert.Equal(keys, keys.Distinct());
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""")]
    [InlineData("""{"id":"x"}""")]
    public async Task Stream_WithAnErrorBeforeItsFirstText_GoesOnWithAnother(string before)
    {
        var script = WithAlternative().Respond(ChatScript.Frames(before, Busy)).Respond(_stream);
        await using var stream = script.Stream(new CCApiRequestOptions { MaxRetries = 0 });

        var response = await stream.GetResponseAsync();

        Assert.Equal(["m", "b"], Models(script));
        Assert.Equal(("c1", "Hello.", false), (response.Id, response.Text, response.IsTruncated));
        Assert.Equal(["m", "b"], response.Info!.Attempts.Select(attempt => attempt.Model));
    }

    [Fact]
    public async Task Stream_ThatIsAnErrorInPlainJson_GoesOnWithAnother()
    {
        var script = WithAlternative().Respond(Busy, "application/json").Respond(_stream);

        Assert.Equal("Hello.", (await script.Stream(new CCApiRequestOptions { MaxRetries = 0 }).GetResponseAsync()).Text);
        Assert.Equal(["m", "b"], Models(script));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"He"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"reasoning":"Hm"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1"}]}}]}""")]
    public async Task Stream_WithAnErrorAfterItHasSpoken_Throws(string before)
    {
        var script = WithAlternative().Respond(ChatScript.Frames(before, Busy)).Respond(_stream);
        await using var stream = script.Stream();

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => stream.GetResponseAsync());

        Assert.Equal(["m"], Models(script));
        Assert.NotNull(exception.PartialResponse);
    }

    [Fact]
    public async Task Stream_ThatGoesWell_GivesEveryChunk()
    {
        var script = WithAlternative().Respond(ChatScript.Frames("""{"choices":[{"index":0,"delta":{"role":"assistant"}}]}""", ChatScript.Text("A"), ChatScript.Text("B", "stop")) + "data: [DONE]\n\n");
        var chunks = 0;
        await using var stream = script.Stream();

        await foreach (var chunk in stream)
        {
            chunks += chunk.Choices!.Count;
        }

        Assert.Equal(3, chunks);
        Assert.Equal("AB", (await stream.GetResponseAsync()).Text);
    }

    [Fact]
    public async Task CompleteAsync_RespondedByAStreamThatFails_FailsOver()
    {
        var script = WithAlternative().Respond(ChatScript.Frames(Busy)).Respond(Completion, "application/json");

        Assert.Equal("Hello.", (await script.CreateClient().CompleteAsync(ChatScript.Request, new CCApiRequestOptions { MaxRetries = 0 })).Text);
        Assert.Equal(["m", "b"], Models(script));
    }

    [Fact]
    public async Task SpeechAndImages_AfterAFailure_GoOnWithAnother()
    {
        var script = new ChatScript();
        script.Options.Failover.CoolDown = TimeSpan.Zero;
        foreach (var response in new[] { """{"audio_url":"https://example.com/a.mp3"}""", """{"data":[{"url":"https://example.com/a.png"}]}""", """{"id":"j1","status":"completed","data":[]}""" })
        {
            script.Respond(NoModel, "application/json", HttpStatusCode.NotFound).Respond(response, "application/json");
        }

        using var client = new CCApiClient(new HttpClient(script), script.Options);
        var options = new CCApiRequestOptions { FailoverModels = ["b"] };
        await client.Audio.CreateSpeechAsync("m", "Hi", "aria", options);
        await client.Images.GenerateAsync("m", "A fox", options);
        await client.Images.StartAsync(new MultimodalImageGenerationRequest { Model = "m", Contents = [new MultimodalInputContent { Text = "A fox" }] }, options);

        Assert.Equal(["m", "b", "m", "b", "m", "b"], Models(script));
    }

    [Fact]
    public void Clone_OfAPolicy_SharesNothingThatChanges()
    {
        var policy = new CCApiFailoverOptions { Alternatives = { ["a"] = ["b"] }, CoolDown = TimeSpan.FromSeconds(5), OnOverload = false };

        var copy = policy.Clone();
        policy.Alternatives.Clear();

        Assert.Equal(["b"], copy.Alternatives["A"]);
        Assert.Equal((TimeSpan.FromSeconds(5), false), (copy.CoolDown, copy.OnOverload));
    }

    [Fact]
    public void Options_WithEmptyIds_SayTheFix()
    {
        var options = new CCApiClientOptions { ApiKey = "k", Failover = { Alternatives = { ["a"] = [" "] }, CoolDown = TimeSpan.FromSeconds(-1) } };

        Assert.Equal(2, OptionsValidation.Problems(options).Count(problem => problem.Contains("Failover", StringComparison.Ordinal)));
        Assert.Contains("FailoverModels", Assert.Single(OptionsValidation.Problems(new CCApiRequestOptions { FailoverModels = [""] })), StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_OfASection_SetsThePolicy()
    {
        var options = new CCApiClientOptions();
        var section = new ConfigurationBuilder().AddInMemoryCollection(new[]
        {
            Pair("Failover:CoolDown", "00:00:05"), Pair("Failover:OnOverload", "false"), Pair("Failover:OnModelUnavailable", "false"), Pair("Failover:OnConnectionFailure", "false"),
            Pair("Failover:Alternatives:openai/gpt-4o-mini:0", "b"), Pair("Failover:Alternatives:openai/gpt-4o-mini:1", "c"),
        }).Build();

        ConfigurationSettings.Apply(options, section);

        var policy = options.Failover;
        Assert.Equal((TimeSpan.FromSeconds(5), false, false, false), (policy.CoolDown, policy.OnOverload, policy.OnModelUnavailable, policy.OnConnectionFailure));
        Assert.Equal(["b", "c"], policy.Alternatives["openai/gpt-4o-mini"]);
    }

    private static System.Collections.Generic.KeyValuePair<string, string?> Pair(string key, string value) => new(key, value);

    private static ChatScript WithAlternative()
    {
        var script = new ChatScript();
        script.Options.Failover.Alternatives["m"] = ["b"];
        return script;
    }

    /// <summary>A gateway on which every attempt with model m fails so.</summary>
    private static ChatScript Failing(string cause)
    {
        var script = WithAlternative();
        var attempts = cause is "503" or "429" or "unreachable" ? 3 : 1;
        for (var i = 0; i < attempts; i++)
        {
            var parts = cause.Split(' ');
            switch (cause)
            {
                case "unreachable":
#if NETFRAMEWORK
                    script.Respond(_ => throw new HttpRequestException("No.", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)));
#else
                    script.Respond(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));
#endif
                    break;
                case "lost":
                    script.Respond(_ => throw new HttpRequestException("Lost."));
                    break;
                default:
                    script.Respond(parts.Length > 1 ? NoModel : Busy, "application/json", (HttpStatusCode)int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
                    break;
            }
        }

        return script;
    }

    private static string[] Models(ChatScript script) => [.. script.Requests.Select(request => request.Split(["\"model\":\""], StringSplitOptions.None)[1].Split('"')[0])];
}
