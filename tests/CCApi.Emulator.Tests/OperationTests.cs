using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Emulator.Tests;

/// <summary>Each operation over the socket, bare and through the SDK. Bare responses are checked against the contract as received.</summary>
public class OperationTests
{
    /// <summary>Method, path, body, and the status and media type of the response. Every operation of the contract has a row.</summary>
    public static TheoryData<string, string, string?, int, string> Requests => new()
    {
        { "POST", "chat/completions", """{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}""", 200, "application/json" },
        { "POST", "chat/completions", """{"model":"openai/gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hello"}]}""", 200, "text/event-stream" },
        { "POST", "audio/speech", """{"model":"elevenlabs/eleven_turbo_v2","input":"Hello","voice":"aria"}""", 200, "application/json" },
        { "POST", "images/generations", """{"model":"openai/gpt-image-1","prompt":"A fox","size":"64x64"}""", 200, "application/json" },
        { "POST", "images/generate", """{"model":"google/nano-banana","contents":[{"text":"A fox"}],"parameters":{"width":64,"height":64}}""", 200, "application/json" },
        { "POST", "images/generate", """{"contents":[{"text":"A fox"}]}""", 202, "application/json" },
        { "GET", "images/jobs/job_unknown", null, 404, "application/json" },
        { "GET", "models", null, 200, "application/json" },
        { "GET", "models/openai%2Fgpt-4o-mini", null, 200, "application/json" },
        { "GET", "providers", null, 200, "application/json" },
        { "GET", "providers/openai", null, 200, "application/json" },
    };

    [Fact]
    public async Task Requests_OfTheContract_HaveEveryOperation()
    {
        var tried = new HashSet<string?>();
        foreach (var request in Requests)
        {
            tried.Add(await Contract.OperationOfAsync(request.Data.Item1, "/v1/" + request.Data.Item2));
        }

        Assert.Equal((await Contract.OperationsAsync()).Order(), tried.Order());
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Operation_OverABareSocket_FollowsTheContract(string method, string path, string? body, int status, string mediaType)
    {
        await using var world = await World.StartAsync();

        var response = method == "GET" ? await world.GetAsync(path) : await world.PostAsync(path, body!);

        Assert.Equal((status, mediaType), (response.Status, response.MediaType));
    }

    [Theory]
    [InlineData("POST", "/v1/chat/completions", 200, """{"choices":[{"index":0}]}""")]
    [InlineData("POST", "/v1/audio/speech", 200, """{"characters":"five"}""")]
    [InlineData("POST", "/v1/images/generations", 200, """{"created":1}""")]
    [InlineData("POST", "/v1/images/generate", 202, """{"id":"job_1"}""")]
    [InlineData("GET", "/v1/images/jobs/job_1", 200, """{"status":"done"}""")]
    [InlineData("GET", "/v1/models", 200, "[]")]
    [InlineData("GET", "/v1/models", 202, """{"data":[]}""")]
    [InlineData("GET", "/v1/models/gpt", 200, """{"created":"today"}""")]
    [InlineData("GET", "/v1/providers", 200, """{"data":{}}""")]
    [InlineData("GET", "/v1/providers/openai", 200, """{"models":[{"created":"today"}]}""")]
    [InlineData("GET", "/v1/models", 401, """{"error":"no"}""")]
    public async Task Contract_BadResponse_Throws(string method, string path, int status, string body)
    {
        var response = new ReceivedResponse(method, path, status, "application/json", System.Text.Encoding.UTF8.GetBytes(body), new Dictionary<string, string>());

        var problems = await Contract.ProblemsAsync(response);

        Assert.NotEmpty(problems);
    }

    [Fact]
    public async Task Complete_ThroughTheSdk_ReturnsAResponse()
    {
        await using var world = await World.StartAsync();

        var response = await world.Client.Chat.CompleteAsync("openai/gpt-4o-mini", "How much is 12 * 3?", cancellationToken: World.Token);

        Assert.Equal(("12 * 3 = 36", FinishReason.Stop), (response.Text, response.FinishReason));
    }

    [Fact]
    public async Task Stream_ThroughTheSdk_YieldsTheTextOfThePlainResponse()
    {
        await using var world = await World.StartAsync();
        var plain = await world.Client.Chat.CompleteAsync("openai/gpt-4o-mini", "Plan a bakery launch.", cancellationToken: World.Token);

        await using var stream = world.Client.Chat.StreamAsync("openai/gpt-4o-mini", "Plan a bakery launch.", cancellationToken: World.Token);
        var pieces = await stream.ReadTextAsync(World.Token).ToListAsync(World.Token);

        Assert.True(pieces.Count > 5);
        Assert.Equal(plain.Text, string.Concat(pieces));
    }

    [Fact]
    public async Task StreamResponse_ThroughTheSdk_IsWhole()
    {
        await using var world = await World.StartAsync();

        await using var stream = world.Client.Chat.StreamAsync("openai/gpt-4o-mini", "Hello", cancellationToken: World.Token);
        var response = await stream.GetResponseAsync(World.Token);

        Assert.False(response.IsTruncated);
        Assert.True(response.Usage!.TotalTokens > 0);
    }

    [Fact]
    public async Task ToolCall_ThroughTheSdk_StreamsAsItIsPlain()
    {
        await using var world = await World.StartAsync();
        var request = new ChatCompletionRequest
        {
            Model = "openai/gpt-4o-mini",
            Messages = [ChatMessage.User("What is the weather in Lisbon?")],
            Tools = [ChatTool.Create("get_weather", "Gets the weather.", JsonDocument.Parse("""{"type":"object","properties":{"city":{"type":"string"}}}""").RootElement)],
        };
        var plain = await world.Client.Chat.CompleteAsync(request, cancellationToken: World.Token);

        await using var stream = world.Client.Chat.StreamAsync(request, cancellationToken: World.Token);
        var streamed = await stream.GetResponseAsync(World.Token);

        Assert.Equal("""{"city":"Lisbon"}""", plain.ToolCalls.Single().Function!.Arguments.ToString());
        Assert.Equal(plain.ToolCalls.Single().Function!.Arguments.ToString(), streamed.ToolCalls.Single().Function!.Arguments.ToString());
    }

    [Fact]
    public async Task Speech_ThroughTheSdk_OpensAsTheStatedDuration()
    {
        await using var world = await World.StartAsync();

        var speech = await world.Client.Audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome to CCAPI, your unified AI gateway.", "aria", cancellationToken: World.Token);
        await using var stream = await world.Client.Audio.OpenReadAsync(speech, cancellationToken: World.Token);

        Assert.Equal(speech.Duration!.Value, Mp3File.Read(await stream.ToArrayAsync()).Seconds, 0.001);
    }

    [Fact]
    public async Task Images_ThroughTheSdk_OpenInTheAskedSize()
    {
        await using var world = await World.StartAsync();
        var request = new LegacyImageGenerationRequest { Model = "openai/gpt-image-1", Prompt = "A fox", Size = "320x200" };

        var response = await world.Client.Images.GenerateAsync(request, cancellationToken: World.Token);
        await using var stream = await world.Client.Images.OpenReadAsync(response.Data![0], cancellationToken: World.Token);
        var image = PngFile.Read(await stream.ToArrayAsync());

        Assert.Equal((320, 200), (image.Width, image.Height));
    }

    [Fact]
    public async Task MultimodalImages_FastModelThroughTheSdk_CompleteAtOnce()
    {
        await using var world = await World.StartAsync();

        var response = await world.Client.Images.GenerateAsync(Multimodal("google/nano-banana"), cancellationToken: World.Token);

        Assert.Equal((ImageJobStatus.Completed, 1), (response.Status, response.Data!.Count));
    }

    [Fact]
    public async Task Job_ThroughTheSdk_IsWatchedThroughItsStages()
    {
        await using var world = await World.StartAsync();
        var job = await world.Client.Images.StartAsync(Multimodal("imaginepro/nano-banana"), cancellationToken: World.Token);

        var stages = new List<ImageJobStatus?>();
        await foreach (var state in job.WatchAsync(new ImageJobWaitOptions { MaxDelay = System.TimeSpan.FromMilliseconds(1) }, World.Token))
        {
            stages.Add(state.Status);
            world.Time.Advance(System.TimeSpan.FromSeconds(0.3));
        }

        Assert.Equal([ImageJobStatus.Pending, ImageJobStatus.Processing, ImageJobStatus.Completed], stages.Distinct());
    }

    [Fact]
    public async Task GetJob_ThroughTheSdk_ReportsTheState()
    {
        await using var world = await World.StartAsync();
        var job = await world.Client.Images.StartAsync(Multimodal("imaginepro/nano-banana"), cancellationToken: World.Token);

        var state = await world.Client.Images.GetJobAsync(job.Id!, cancellationToken: World.Token);

        Assert.Equal((job.Id, ImageJobStatus.Pending), (state.Id, state.Status));
    }

    [Fact]
    public async Task EnumerateModels_ThroughTheSdk_GivesEveryModelOnce()
    {
        await using var world = await World.StartAsync();

        var models = await world.Client.Catalog.EnumerateModelsAsync(new ModelListQuery { Limit = 10 }, cancellationToken: World.Token).Select(model => model.Id!).ToListAsync(World.Token);

        Assert.Equal(EmulatedCatalog.Models.Select(model => model.Id), models);
    }

    [Fact]
    public async Task GetModel_ThroughTheSdk_ReturnsItsContextLength()
    {
        await using var world = await World.StartAsync();

        var model = await world.Client.Catalog.GetModelAsync("openai/gpt-4o-mini", cancellationToken: World.Token);

        Assert.Equal(("openai/gpt-4o-mini", 128_000), (model.Id, model.Ccapi!.Capabilities!.ContextLength));
    }

    [Fact]
    public async Task ListProviders_ThroughTheSdk_GivesEight()
    {
        await using var world = await World.StartAsync();

        var providers = await world.Client.Catalog.ListProvidersAsync(cancellationToken: World.Token);

        Assert.Equal(8, providers.Data!.Count);
    }

    [Fact]
    public async Task GetProvider_ThroughTheSdk_GivesItsModels()
    {
        await using var world = await World.StartAsync();

        var provider = await world.Client.Catalog.GetProviderAsync("anthropic", cancellationToken: World.Token);

        Assert.Equal(("Anthropic", 3), (provider.DisplayName, provider.Models!.Count));
    }

    private static MultimodalImageGenerationRequest Multimodal(string model) => new()
    {
        Model = model,
        Contents = [new MultimodalInputContent { Text = "A fox" }],
        Parameters = new MultimodalImageParameters { Width = 64, Height = 64 },
    };
}
