using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using CCApi.Sdk.WireMockTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CCApi.Sdk.WireMockTests;

/// <summary>Every method of every facade against a server: what it sends, byte for byte, and how it reads the documented response.</summary>
public sealed class FacadeMessageTests : IDisposable
{
    private readonly Gateway _gateway = new();
    private readonly CCApiClient _client;

    public FacadeMessageTests() => _client = _gateway.CreateClient();

    public void Dispose()
    {
        _client.Dispose();
        _gateway.Dispose();
    }

    [Theory]
    [InlineData("ChatCompletionRequest.documented.json", "ChatCompletionResponse.text.json")]
    [InlineData("ChatCompletionRequest.parts.json", "ChatCompletionResponse.parts.json")]
    [InlineData("ChatCompletionRequest.tools.json", "ChatCompletionResponse.tool_call.json")]
    [InlineData("ChatCompletionRequest.schema.json", "ChatCompletionResponse.full.json")]
    public async Task Complete_OfARequest_IsExact(string request, string example)
    {
        _gateway.Always(Reply.Example(example));

        var response = await _client.Chat.CompleteAsync(Read<ChatCompletionRequest>(request));

        AssertPost("/v1/chat/completions", ExactBody<ChatCompletionRequest>(request));
        AssertRead(example, response);
    }

    [Fact]
    public async Task Complete_OfTwoTexts_IsExact()
    {
        _gateway.Always(Reply.Example("ChatCompletionResponse.text.json"));

        var response = await _client.Chat.CompleteAsync("openai/gpt-4o-mini", "Grüezi");

        AssertPost("/v1/chat/completions", """{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Grüezi"}]}""");
        Assert.Equal("First name the goal, then the date, then the owner of each step.", response.Text);
    }

    [Fact]
    public async Task Stream_OfARequest_IsExact()
    {
        _gateway.Always(Reply.Stream("ChatCompletionChunk.text.sse"));

        await using var stream = _client.Chat.StreamAsync(Read<ChatCompletionRequest>("ChatCompletionRequest.stream.json"));
        var text = string.Concat(await ToListAsync(stream.ReadTextAsync()));

        AssertPost("/v1/chat/completions", ExactBody<ChatCompletionRequest>("ChatCompletionRequest.stream.json"), accept: "text/event-stream");
        Assert.Equal((await stream.GetResponseAsync()).Text, text);
        Assert.NotEmpty(text);
    }

    [Fact]
    public async Task Stream_OfTwoTexts_IsExact()
    {
        _gateway.Always(Reply.Stream("ChatCompletionChunk.tool_call.sse"));

        await using var stream = _client.Chat.StreamAsync("openai/gpt-4o-mini", "How warm is it?");
        var response = await stream.GetResponseAsync();

        AssertPost(
            "/v1/chat/completions",
            """{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"How warm is it?"}],"stream":true,"stream_options":{"include_usage":true}}""",
            accept: "text/event-stream");
        Assert.Equal("get_weather", Assert.Single(response.ToolCalls).Function?.Name);
        Assert.False(response.IsTruncated);
    }

    [Theory]
    [InlineData("AudioSpeechRequest.documented.json", "AudioSpeechResponse.url.json")]
    [InlineData("AudioSpeechRequest.full.json", "AudioSpeechResponse.full.json")]
    public async Task CreateSpeech_OfARequest_IsExact(string request, string example)
    {
        _gateway.Always(Reply.Example(example));

        var speech = await _client.Audio.CreateSpeechAsync(Read<AudioSpeechRequest>(request));

        AssertPost("/v1/audio/speech", ExactBody<AudioSpeechRequest>(request), accept: "application/json, audio/*");
        AssertRead(example, speech);
    }

    [Fact]
    public async Task CreateSpeech_OfThreeTexts_IsExact()
    {
        _gateway.Always(new Reply(200, "audio/mpeg", [0x49, 0x44, 0x33, 4, 0]));

        var speech = await _client.Audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");

        AssertPost("/v1/audio/speech", """{"model":"elevenlabs/eleven_turbo_v2","input":"Welcome.","voice":"aria"}""", accept: "application/json, audio/*");
        Assert.Equal([0x49, 0x44, 0x33, 4, 0], speech.B64Audio!.ToArray());
        Assert.Equal("audio/mpeg", speech.MediaType);
    }

    [Fact]
    public async Task OpenRead_OfSpeech_SendsNothingOfTheCallers()
    {
        _gateway.Always(new Reply(200, "audio/mpeg", [1, 2, 3]));

        using var audio = await _client.Audio.OpenReadAsync(new AudioSpeechResponse { AudioUrl = $"{_gateway.Url}/files/a%20b.mp3?sig=x%2Fy" });
        var bytes = await ReadAsync(audio);

        AssertDownload("/files/a%20b.mp3?sig=x%2Fy");
        Assert.Equal([1, 2, 3], bytes);
    }

    [Fact]
    public async Task Save_OfSpeech_WritesTheFile()
    {
        using var folder = new TemporaryFolder();
        _gateway.Always(new Reply(200, "audio/flac", [1, 2, 3]));

        var path = await _client.Audio.SaveAsync(new AudioSpeechResponse { AudioUrl = $"{_gateway.Url}/files/a" }, folder.At("welcome"));

        AssertDownload("/files/a");
        Assert.Equal(folder.At("welcome.flac"), path);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(path));
    }

    [Theory]
    [InlineData("LegacyImageGenerationRequest.documented.json", "LegacyImageGenerationResponse.gateway.json")]
    [InlineData("LegacyImageGenerationRequest.full.json", "LegacyImageGenerationResponse.full.json")]
    public async Task Generate_ByTheLegacyOperation_IsExact(string request, string example)
    {
        _gateway.Always(Reply.Example(example));

        var images = await _client.Images.GenerateAsync(Read<LegacyImageGenerationRequest>(request));

        AssertPost("/v1/images/generations", ExactBody<LegacyImageGenerationRequest>(request));
        AssertRead(example, images);
    }

    [Fact]
    public async Task Generate_OfTwoTexts_IsExact()
    {
        _gateway.Always(Reply.Example("LegacyImageGenerationResponse.full.json"));

        var images = await _client.Images.GenerateAsync("openai/gpt-image-1", "A fox.");

        AssertPost("/v1/images/generations", """{"model":"openai/gpt-image-1","prompt":"A fox."}""");
        Assert.Equal(2, images.Data!.Count);
    }

    [Theory]
    [InlineData("MultimodalImageGenerationRequest.documented.json")]
    [InlineData("MultimodalImageGenerationRequest.full.json")]
    [InlineData("MultimodalImageGenerationRequest.inpainting.json")]
    public async Task Start_OfAJob_IsExact(string request)
    {
        _gateway.Always(Reply.Example("MultimodalImageGenerationResponse.accepted.json", 202));

        var job = await _client.Images.StartAsync(Read<MultimodalImageGenerationRequest>(request));

        AssertPost("/v1/images/generate", ExactBody<MultimodalImageGenerationRequest>(request));
        Assert.Equal("job_3fW8", job.Id);
        AssertRead("MultimodalImageGenerationResponse.accepted.json", job.Latest!);
    }

    [Fact]
    public async Task Generate_ByTheMultimodalOperation_AsksForTheJobUntilItIsDone()
    {
        _gateway.InTurn(
            Reply.Example("MultimodalImageGenerationResponse.accepted.json", 202),
            Reply.Example("MultimodalImageGenerationResponse.processing.json"),
            Reply.Example("MultimodalImageGenerationResponse.completed.json"));

        var images = await _client.Images.GenerateAsync(Read<MultimodalImageGenerationRequest>("MultimodalImageGenerationRequest.inpainting.json"));

        Assert.Equal(["POST /v1/images/generate", "GET /v1/images/jobs/job_3fW8", "GET /v1/images/jobs/job_3fW8"], _gateway.Received.Select(message => message.Line));
        AssertRead("MultimodalImageGenerationResponse.completed.json", images);
    }

    [Theory]
    [InlineData("processing")]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("documented")]
    public async Task GetJob_OfAnId_IsExact(string state)
    {
        _gateway.Always(Reply.Example($"MultimodalImageGenerationResponse.{state}.json"));

        var job = await _client.Images.GetJobAsync("a/b ?#..");

        AssertGet("/v1/images/jobs/a%2Fb%20%3F%23..");
        AssertRead($"MultimodalImageGenerationResponse.{state}.json", job);
    }

    [Fact]
    public async Task Resume_OfAJob_AsksForItsState()
    {
        _gateway.InTurn(Reply.Example("MultimodalImageGenerationResponse.processing.json"), Reply.Example("MultimodalImageGenerationResponse.failed.json"));

        var states = await ToListAsync(_client.Images.ResumeJob("job_3fW8").WatchAsync());

        Assert.Equal(["processing", "failed"], states.Select(state => state.Status?.Value));
        Assert.All(_gateway.Received, message => Assert.Equal("GET /v1/images/jobs/job_3fW8", message.Line));
    }

    [Fact]
    public async Task OpenRead_OfAnImage_SendsNothingOfTheCallers()
    {
        _gateway.At("/files/a", Reply.Text("text/html", "", 302).With("Location", "/files/b")).At("/files/b", new Reply(200, "image/png", [1, 2, 3]));

        using var image = await _client.Images.OpenReadAsync(new ImageDatum { Url = $"{_gateway.Url}/files/a" });
        var bytes = await ReadAsync(image);

        Assert.Equal(["GET /files/a", "GET /files/b"], _gateway.Received.Select(message => message.Line));
        Assert.All(_gateway.Received, message => Assert.Equal("(none)", message.Header("Authorization")));
        Assert.Equal([1, 2, 3], bytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenRead_OfAnImageUnderASpan_SendsNeitherItsIdNorItsBaggage(bool isInjected)
    {
        _gateway.At("/files/a", Reply.Text("text/html", "", 302).With("Location", "/files/b")).At("/files/b", new Reply(200, "image/png", [1, 2, 3]));
        using var services = new ServiceCollection()
            .AddCcApi(options => (options.ApiKey, options.BaseAddress) = (Gateway.Key, new Uri($"{_gateway.Url}/v1")))
            .Services.BuildServiceProvider();
        var images = (isInjected ? services.GetRequiredService<CCApiClient>() : _client).Images;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var span = new Activity("request") { TraceStateString = "vendor=1" }.AddBaggage("customer", "42").Start();

        using var image = await images.OpenReadAsync(new ImageDatum { Url = $"{_gateway.Url}/files/a" });

        Assert.Equal(["GET /files/a", "GET /files/b"], _gateway.Received.Select(message => message.Line));
        Assert.All(_gateway.Received, message => Assert.Equal(["Accept-Encoding", "Host", "User-Agent"], message.Headers.Keys.Order()));
        Assert.Same(span, Activity.Current);
    }

    [Fact]
    public async Task Complete_UnderASpan_SendsItsTrace()
    {
        _gateway.Always(Reply.Example("ChatCompletionResponse.text.json"));
        using var span = new Activity("request").Start();

        await _client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hi");

        Assert.Contains($"{span.TraceId}", Assert.Single(_gateway.Received).Header("traceparent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_OfAnImage_WritesTheFile()
    {
        using var folder = new TemporaryFolder();
        _gateway.Always(new Reply(200, "image/avif", [1, 2, 3]));

        var path = await _client.Images.SaveAsync(new ImageDatum { Url = "/files/a" }, folder.At("fox"));

        AssertDownload("/files/a");
        Assert.Equal(folder.At("fox.avif"), path);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(path));
    }

    [Theory]
    [InlineData("ModelListResponse.full.json")]
    [InlineData("ModelListResponse.gateway.json")]
    public async Task ListModels_IsExact(string example)
    {
        _gateway.Always(Reply.Example(example));

        var models = await _client.Catalog.ListModelsAsync();

        AssertGet("/v1/models");
        AssertRead(example, models);
    }

    [Fact]
    public async Task ListModels_OfAQuery_IsExact()
    {
        _gateway.Always(Reply.Example("ModelListResponse.full.json"));
        var query = new ModelListQuery { Provider = "a&b", Type = "text", Sort = "name", Order = "desc", Limit = 5, Offset = 10 };

        await _client.Catalog.ListModelsAsync(query);

        AssertGet("/v1/models?provider=a%26b&type=text&sort=name&order=desc&limit=5&offset=10");
    }

    [Fact]
    public async Task EnumerateModels_AsksForPageAfterPage()
    {
        _gateway.InTurn(
            Reply.Json("""{"data":[{"id":"a"},{"id":"b"}]}"""),
            Reply.Json("""{"data":[{"id":"c"}],"has_more":false}"""));

        var models = await ToListAsync(_client.Catalog.EnumerateModelsAsync(new ModelListQuery { Type = "image", Limit = 2 }));

        Assert.Equal(["a", "b", "c"], models.Select(model => model.Id));
        Assert.Equal(["GET /v1/models?type=image&limit=2&offset=0", "GET /v1/models?type=image&limit=2&offset=2"], _gateway.Received.Select(message => message.Line));
    }

    [Fact]
    public async Task GetModel_OfAnIdWithASlash_IsExact()
    {
        _gateway.Always(Reply.Example("ModelSummary.full.json"));

        var model = await _client.Catalog.GetModelAsync("größe/1");

        AssertGet("/v1/models/gr%C3%B6%C3%9Fe%2F1");
        AssertRead("ModelSummary.full.json", model);
    }

    [Fact]
    public async Task ListProviders_IsExact()
    {
        _gateway.Always(Reply.Example("ProviderListResponse.full.json"));

        var providers = await _client.Catalog.ListProvidersAsync();

        AssertGet("/v1/providers");
        AssertRead("ProviderListResponse.full.json", providers);
    }

    [Fact]
    public async Task GetProvider_OfAName_IsExact()
    {
        _gateway.Always(Reply.Example("ProviderDetailResponse.full.json"));

        var provider = await _client.Catalog.GetProviderAsync("größe/1");

        AssertGet("/v1/providers/gr%C3%B6%C3%9Fe%2F1");
        AssertRead("ProviderDetailResponse.full.json", provider);
    }

    [Fact]
    public async Task Send_OfAnyOtherCall_IsExact()
    {
        _gateway.Always(Reply.Example("AudioSpeechResponse.full.json"));
        var (requestType, responseType) = (CCApiJsonContext.Default.AudioSpeechRequest, CCApiJsonContext.Default.ChatMessage);

        var response = await _client.SendAsync(HttpMethod.Put, "some/thing?x=1", new AudioSpeechRequest { Model = "m", Input = "i", Voice = "v" }, requestType, responseType);

        AssertSent("PUT", "/v1/some/thing?x=1", """{"model":"m","input":"i","voice":"v"}""", "application/json");
        Assert.NotNull(response.AdditionalProperties);
    }

    [Fact]
    public async Task Call_WithOptions_SendsThem()
    {
        _gateway.Always(Reply.Example("ChatCompletionResponse.text.json").With("x-request-id", "req-1"));
        using var client = _gateway.CreateClient(options =>
        {
            options.UserAgent = "App/1";
            options.Headers["X-Team"] = "blue";
            options.Headers["X-Both"] = "client";
        });
        var call = new CCApiRequestOptions { ApiKey = "sk-call", IdempotencyKey = "once", Headers = { ["X-Both"] = "call" } };

        var response = await client.Chat.CompleteAsync("m", "p", call);

        var message = Assert.Single(_gateway.Received);
        Assert.Equal(
            ["Bearer sk-call", "once", "App/1", "blue", "call"],
            new[] { "Authorization", "Idempotency-Key", "User-Agent", "X-Team", "X-Both" }.Select(message.Header));
        Assert.Equal("req-1", response.Info!.RequestId);
    }

    private static T Read<T>(string file) => Wire.Read<T>(Examples.Text(file));

    /// <summary>The body of a documented request: the document itself, without white space and nulls, and in the order of the contract.</summary>
    private static string ExactBody<T>(string file)
        where T : notnull
    {
        var body = Wire.Write(Read<T>(file));
        Assert.True(JsonNode.DeepEquals(Examples.WithoutNulls(file), JsonNode.Parse(body)), $"{body} is not what {file} says.");
        return body;
    }

    private static void AssertRead<T>(string file, T response)
        where T : notnull => Assert.Equal(Wire.Write(Read<T>(file)), Wire.Write(response));

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> source)
    {
        var items = new List<T>();
        await foreach (var item in source)
        {
            items.Add(item);
        }

        return items;
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private void AssertPost(string target, string body, string accept = "application/json") => AssertSent("POST", target, body, accept);

    private void AssertSent(string method, string target, string body, string accept)
    {
        var message = Assert.Single(_gateway.Received);
        Assert.Equal($"{method} {target}", message.Line);
        Assert.Equal(body, message.Body);
        Assert.Matches("^[0-9a-f]{32}$", message.Header("Idempotency-Key"));
        Assert.Equal("application/json", message.Header("Content-Type"));
        AssertHeaders(message, accept, "Content-Length", "Content-Type", "Idempotency-Key");
    }

    private void AssertGet(string target)
    {
        var message = Assert.Single(_gateway.Received);
        Assert.Equal($"GET {target}", message.Line);
        Assert.Empty(message.Body);
        AssertHeaders(message, "application/json");
    }

    private void AssertDownload(string target)
    {
        var message = Assert.Single(_gateway.Received);
        Assert.Equal($"GET {target}", message.Line);
        Assert.Equal(["Accept-Encoding", "Host", "User-Agent"], message.Headers.Keys.Order());
    }

    private static void AssertHeaders(Message message, string accept, params string[] more)
    {
        Assert.Equal($"Bearer {Gateway.Key}", message.Header("Authorization"));
        Assert.Equal(accept, message.Header("Accept"));
        Assert.Matches("^CCApi\\.Sdk/[0-9]+\\.[0-9]+\\.[0-9]+$", message.Header("User-Agent"));
        Assert.Equal(new[] { "Accept", "Accept-Encoding", "Authorization", "Host", "User-Agent" }.Concat(more).Order(), message.Headers.Keys.Order());
    }
}
