using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Emulator.Tests.Scripts;

public class EmulatorScriptTests
{
    [Fact]
    public async Task WhenChat_MatchingPredicate_Replies()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat(request => request.LastUserText.Contains("biggest", StringComparison.Ordinal)).Reply("The blue whale.");

        var scripted = await world.ChatAsync("Which animal is the biggest?");
        var other = await world.ChatAsync("How much is 2 + 3?");

        Assert.Equal(("The blue whale.", "2 + 3 = 5"), (scripted.Content, other.Content));
    }

    [Fact]
    public async Task WhenChat_PredicateThatThrows_IsNamedInTheError()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat(request => request.Json!.Value.GetProperty("user").GetString() == "x").Reply("Hi.");

        var response = await world.ChatAsync("Hello");

        Assert.Equal((400, "script"), (response.Status, response.Json["error"]!["param"]!.GetValue<string>()));
        Assert.StartsWith(
            "The script cannot decide about POST /v1/chat/completions at rule 1 (chat): its condition (request => request.Json!.Value.GetProperty(\"user\").GetString() == \"x\") threw KeyNotFoundException: ",
            response.Json["error"]!["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenChat_PredicateThatThrowsAfterTheRuleThatMatches_DoesNotMatter()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat("Hello").Reply("Hi.");
        world.Emulator.Script.WhenChat(_ => throw new InvalidOperationException("No.")).Reply("Never.");
        world.Emulator.Script.IsStrict = true;

        Assert.Equal("Hi.", (await world.ChatAsync("Hello")).Content);
        Assert.Contains("threw InvalidOperationException: No.", (await world.ChatAsync("Other")).Json["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_PatternThatTakesTooLong_IsNamedInTheError()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.Load("""{"rules":[{"name":"slow","when":{"text_pattern":"^(a+)+$"},"then":{"text":"x"}}]}""");

        var response = await world.ChatAsync(new string('a', 60) + "!");

        Assert.Equal(400, response.Status);
        Assert.Equal(
            "The script cannot decide about POST /v1/chat/completions at rule 1 'slow' (chat): its condition (text matches /^(a+)+$/) took more than 200 ms for this text; simplify the pattern.",
            response.Json["error"]!["message"]!.GetValue<string>());
    }

    [Fact]
    public void Load_OfMoreThanAScriptCanHave_IsRejected()
    {
        var script = new EmulatorScript();
        var rule = """{"rules":[{"then":{"text":"?"}}]}""".Replace("?", new string('x', 60_000_000), StringComparison.Ordinal);
        script.Load(rule);
        script.Load(rule);

        var exception = Assert.Throws<EmulatorScriptException>(() => script.Load(rule));

        Assert.Equal("The script would have more than 134217728 bytes: remove some rules first.", exception.Message);
        script.Clear();
        script.Load(rule);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    public async Task ReplyJson_WithAStatusThatHasNoBody_SendsNone(int status)
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.When("GET", "/thing").ReplyJson("{}", status);

        using var response = await world.Http.GetAsync(new Uri("thing", UriKind.Relative), World.Token);

        Assert.Equal((status, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(World.Token)));
    }

    [Fact]
    public void Media_TypeThatCannotBeAHeader_IsRejected()
    {
        var script = new EmulatorScript();

        Assert.Throws<ArgumentException>(() => script.When(null, "/x").ReplyBytes([1], "a\nb"));
        Assert.Throws<ArgumentException>(() => script.WhenSpeech().Reply([1], "a\u0001b"));
        Assert.Throws<ArgumentOutOfRangeException>(() => script.WhenChat().Reply("x").After(TimeSpan.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => script.WhenChat().Stream(TimeSpan.FromDays(25), "x"));
    }

    [Fact]
    public async Task Load_OfTooManyRules_IsRejected()
    {
        await using var world = await World.StartAsync();
        var rule = """{"then":{"text":"x"}}""";
        world.Emulator.Script.Load($$"""{"rules":[{{string.Join(',', Enumerable.Repeat(rule, 10_000))}}]}""");

        var exception = Assert.Throws<EmulatorScriptException>(() => world.Emulator.Script.Load($$"""{"rules":[{{rule}}]}"""));

        Assert.Equal("The script would have more than 10000 rules: remove some first.", exception.Message);
    }

    [Fact]
    public async Task CallTool_ThenReply_RunsAToolLoop()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat("weather").CallTool("GetWeather", """{"city":"Oslo"}""").ThenReply("It snows in Oslo.");
        var tools = """ "tools":[{"type":"function","function":{"name":"GetWeather","parameters":{"type":"object"}}}] """;

        var call = await world.ChatAsync("How is the weather?", tools);
        var reply = await world.ChatAsync("How is the weather?", tools);

        var function = call.Json["choices"]![0]!["message"]!["tool_calls"]![0]!["function"]!;
        Assert.Equal(("GetWeather", """{"city":"Oslo"}"""), (function["name"]!.GetValue<string>(), function["arguments"]!.GetValue<string>()));
        Assert.Equal(("tool_calls", "It snows in Oslo."), (call.FinishReason, reply.Content));
    }

    [Fact]
    public async Task Reply_ForAModelThatNobodyServes_CompletesWithoutCharge()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Reply("Here.");

        var response = await world.ChatAsync("Hello", model: "mine/model-x");

        Assert.Equal((200, "mine/model-x", "Here."), (response.Status, response.Json["model"]!.GetValue<string>(), response.Content));
        Assert.Equal(0m, world.Emulator.Ledger.Spent);
    }

    [Fact]
    public async Task Reply_ToAnInvalidRequest_IsTheDocumentedError()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Reply("Here.");

        var response = await world.PostAsync("chat/completions", """{"model":"openai/gpt-4o-mini","messages":[]}""");

        Assert.Equal((400, "messages"), (response.Status, response.Error["param"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Times_WhenUsedUp_LetsTheNextRuleMatch()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat("Hi").Fail(503).Times(2);
        world.Emulator.Script.WhenChat("Hi").Reply("Third time.");

        var response = await world.Client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hi", cancellationToken: World.Token);

        Assert.Equal("Third time.", response.Text);
        Assert.Equal([503, 503, 200], world.Emulator.Requests.Select(request => request.Status));
    }

    [Fact]
    public async Task OnNth_CountsOnlyMatchingRequests()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat("Hi").OnNth(2).Reply("Second.");

        await world.ChatAsync("Other");
        var first = await world.ChatAsync("Hi");
        var second = await world.ChatAsync("Hi");

        Assert.NotEqual("Second.", first.Content);
        Assert.Equal("Second.", second.Content);
    }

    [Fact]
    public async Task WithHeaderAndModel_OnlyOneMet_DoesNotMatch()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().WithModel("OPENAI/gpt-4o-mini").WithHeader("x-tenant", "a").Reply("Scripted.");
        var options = new CCApiRequestOptions { Headers = { ["x-tenant"] = "a" } };

        var without = await world.Client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hi", cancellationToken: World.Token);
        var with = await world.Client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hi", options, World.Token);

        Assert.NotEqual("Scripted.", without.Text);
        Assert.Equal("Scripted.", with.Text);
    }

    [Fact]
    public async Task IsStrict_UnexpectedRequest_FailsAndShowsTheNearestRule()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.IsStrict = true;
        world.Emulator.Script.WhenSpeech().Reply([1, 2, 3]);
        world.Emulator.Script.WhenChat("weather").WithTool("get_weather").Named("weather").Reply("Snow.");

        var response = await world.ChatAsync("How is the weather?");

        Assert.Equal((400, "script"), (response.Status, response.Error["param"]!.GetValue<string>()));
        Assert.Equal(
            "The script is strict and no rule takes POST /v1/chat/completions (text 'How is the weather?'). "
            + "Nearest is rule 2 'weather' (chat): not met: offers the tool 'get_weather'.",
            response.Error["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task IsStrict_WithoutRules_FailsEveryRequest()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.IsStrict = true;

        var response = await world.GetAsync("models");

        Assert.Equal("The script is strict and has no rule for GET /v1/models.", response.Error["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task IsStrict_PollOfAJob_IsExempt()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.IsStrict = true;
        world.Emulator.Script.WhenImage().PassThrough();
        var job = await world.Client.Images.StartAsync(MultimodalImageGenerationRequest.FromPrompt("A fox"), cancellationToken: World.Token);

        var state = await world.Client.Images.GetJobAsync(job.Id!, cancellationToken: World.Token);

        Assert.Equal(ImageJobStatus.Pending, state.Status);
    }

    [Fact]
    public async Task When_EndpointThatTheEmulatorDoesNotHave_Responds()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.When("POST", "/embeddings").ReplyJson("""{"data":[{"embedding":[0.5]}]}""");

        using var response = await world.Http.PostAsync(new Uri("embeddings", UriKind.Relative), new System.Net.Http.StringContent("not json"), World.Token);

        Assert.Equal("""{"data":[{"embedding":[0.5]}]}""", await response.Content.ReadAsStringAsync(World.Token));
        Assert.Equal("not json", world.Emulator.Requests.Single().BodyText);
    }

    [Fact]
    public async Task Fault_AddedToARule_HappensToTheMadeUpResponse()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Fault(EmulatorFaultKind.Hidden);

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => world.Client.Chat.CompleteAsync(
            "openai/gpt-4o-mini", "Hi", new CCApiRequestOptions { MaxRetries = 0 }, World.Token));

        Assert.Equal((System.Net.HttpStatusCode.OK, "502"), (exception.StatusCode!.Value, exception.Code));
    }

    [Fact]
    public async Task Reply_Speech_ReturnsTheAudioInTheRequestedForm()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenSpeech("hello").Reply([1, 2, 3], "audio/wav");

        var response = await world.Client.Audio.CreateSpeechAsync("mine/voice", "Hello there", "aria", cancellationToken: World.Token);
        await using var audio = await world.Client.Audio.OpenReadAsync(response, cancellationToken: World.Token);
        var bytes = new byte[8];
        var length = await audio.ReadAsync(bytes, World.Token);

        Assert.Equal(new byte[] { 1, 2, 3 }, bytes[..length]);
    }

    [Fact]
    public async Task Reply_Image_ReturnsTheFilesThroughAJob()
    {
        await using var world = await World.StartAsync(options => options.JobDuration = TimeSpan.Zero);
        var png = ImagePainter.Paint("A fox", "mine", 1, 16, 16, input: null);
        world.Emulator.Script.WhenImage("fox").Reply([png, png], "A red fox");

        var images = await world.Client.Images.GenerateAsync(MultimodalImageGenerationRequest.FromPrompt("A fox"), cancellationToken: World.Token);

        Assert.Equal(["A red fox", "A red fox"], images.Data!.Select(image => image.RevisedPrompt));
    }

    [Fact]
    public void AssertAllUsed_RuleWithoutRequests_Throws()
    {
        var script = new EmulatorScript();
        script.WhenChat("a").Named("first").Reply("x").Times(2);

        var exception = Assert.Throws<EmulatorAssertionException>(script.AssertAllUsed);

        Assert.Equal("Not all rules of the script were used:\n  rule 1 'first' (chat) took 0 of 2 requests", exception.Message);
    }

    [Fact]
    public async Task AssertAllUsed_EveryRuleUsed_DoesNotThrow()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat("a").Reply("x");

        await world.ChatAsync("a");

        world.Emulator.Script.AssertAllUsed();
    }

    [Fact]
    public async Task Clear_RemovesRulesAndStrictMode()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.IsStrict = true;
        world.Emulator.Script.WhenChat().Reply("Scripted.");

        world.Emulator.Script.Clear();

        Assert.Equal("2 + 3 = 5", (await world.ChatAsync("How much is 2 + 3?")).Content);
    }

    [Fact]
    public async Task Log_TwoMatchingRules_NamesTheFirst()
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var world = await World.StartAsync(options => options.Log = lines.Enqueue);
        world.Emulator.Script.WhenChat("Hi").Reply("First.");
        world.Emulator.Script.WhenChat("Hi").Named("other").Reply("Second.");

        var response = await world.ChatAsync("Hi");

        // The line is written after the response; it is there once the emulator has ended.
        await world.Emulator.DisposeAsync();
        Assert.Equal("First.", response.Content);
        Assert.Contains("200 openai/gpt-4o-mini by rule 1 (chat), which comes before rule 2 'other' (chat)", Assert.Single(lines), StringComparison.Ordinal);
    }
}
