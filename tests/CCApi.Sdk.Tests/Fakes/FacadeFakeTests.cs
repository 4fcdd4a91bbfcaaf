using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using NSubstitute;
using Xunit;

namespace CCApi.Sdk.Tests.Fakes;

/// <summary>Programs that use the SDK can be tested without it: everything that is called can be substituted.</summary>
public class FacadeFakeTests
{
    private static readonly Type[] _facades = [typeof(CCApiClient), typeof(ChatClient), typeof(AudioClient), typeof(ImagesClient), typeof(CatalogClient)];

    private readonly CCApiClient _client = Substitute.For<CCApiClient>();

    public static TheoryData<string> Facades => [.. _facades.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Facades))]
    public void Members_OfAFacade_AreVirtual(string name)
    {
        var members = _facades.Single(type => type.Name == name).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.Name != nameof(IDisposable.Dispose));

        var offenders = members.Where(method => !method.IsVirtual || method.IsFinal);

        Assert.NotEmpty(members);
        Assert.Empty(offenders);
    }

    [Theory]
    [MemberData(nameof(Facades))]
    public void Facade_HasAConstructorForFakes(string name)
    {
        var constructor = _facades.Single(type => type.Name == name).GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, binder: null, Type.EmptyTypes, modifiers: null);

        Assert.True(constructor?.IsFamily);
    }

    [Fact]
    public void Client_ThatIsFake_HasFakeFacades()
    {
        var (chat, audio, images, catalog) = (Substitute.For<ChatClient>(), Substitute.For<AudioClient>(), Substitute.For<ImagesClient>(), Substitute.For<CatalogClient>());
        _client.Chat.Returns(chat);
        _client.Audio.Returns(audio);
        _client.Images.Returns(images);
        _client.Catalog.Returns(catalog);

        Assert.Same(chat, _client.Chat);
        Assert.Same(audio, _client.Audio);
        Assert.Same(images, _client.Images);
        Assert.Same(catalog, _client.Catalog);
    }

    [Fact]
    public async Task Send_OfAFakeClient_ReturnsItsSetup()
    {
        var (requestType, responseType) = (CCApiJsonContext.Default.AudioSpeechRequest, CCApiJsonContext.Default.AudioSpeechResponse);
        var response = new AudioSpeechResponse();
        _client.SendAsync(HttpMethod.Post, "x", Arg.Any<AudioSpeechRequest>(), Arg.Any<JsonTypeInfo<AudioSpeechRequest>>(), Arg.Any<JsonTypeInfo<AudioSpeechResponse>>()).Returns(response);

        var result = await _client.SendAsync(HttpMethod.Post, "x", new AudioSpeechRequest { Model = "m", Input = "i", Voice = "v" }, requestType, responseType);

        Assert.Same(response, result);
    }

    [Fact]
    public void Dispose_OfAFakeClient_Works()
    {
        var client = new BareClient();

        client.Dispose();

        Assert.Null(client.Chat);
    }

    [Fact]
    public async Task Complete_OfAFake_ReturnsItsSetup()
    {
        var chat = Substitute.For<ChatClient>();
        var response = new ChatCompletionResponse();
        chat.CompleteAsync(Arg.Is<ChatCompletionRequest>(request => request.Model == "m")).Returns(response);
        chat.CompleteAsync("m", "p").Returns(response);

        Assert.Same(response, await chat.CompleteAsync(new ChatCompletionRequest { Model = "m", Messages = [] }));
        Assert.Same(response, await chat.CompleteAsync("m", "p"));
    }

    [Fact]
    public async Task Stream_OfAFake_YieldsTheChunksOfItsSetup()
    {
        var chat = Substitute.For<ChatClient>();
        chat.StreamAsync("m", "p").Returns(_ => StreamingChatCompletion.FromChunks(Chunks("Hel", "lo")));
        chat.StreamAsync(Arg.Any<ChatCompletionRequest>()).Returns(_ => StreamingChatCompletion.FromChunks(Chunks("Good", "bye")));
        var text = new List<string>();

        await foreach (var piece in chat.StreamAsync("m", "p").ReadTextAsync())
        {
            text.Add(piece);
        }

        var response = await chat.StreamAsync(new ChatCompletionRequest { Model = "m", Messages = [] }).GetResponseAsync();

        Assert.Equal(["Hel", "lo"], text);
        Assert.Equal("Goodbye", response.Text);
    }

    [Fact]
    public async Task Speech_OfAFake_ReturnsItsSetup()
    {
        var audio = Substitute.For<AudioClient>();
        var speech = new AudioSpeechResponse();
        audio.CreateSpeechAsync(Arg.Any<AudioSpeechRequest>()).Returns(speech);
        audio.CreateSpeechAsync("m", "i", "v").Returns(speech);
        audio.OpenReadAsync(speech).Returns(new MediaStream(new MemoryStream([1])));
        audio.SaveAsync(speech, "a").Returns("/a.mp3");

        Assert.Same(speech, await audio.CreateSpeechAsync(new AudioSpeechRequest { Model = "m", Input = "i", Voice = "v" }));
        Assert.Same(speech, await audio.CreateSpeechAsync("m", "i", "v"));
        Assert.Equal(1, (await audio.OpenReadAsync(speech)).Length);
        Assert.Equal("/a.mp3", await audio.SaveAsync(speech, "a"));
    }

    [Fact]
    public async Task Save_OfAFakeThatOnlyOpens_Saves()
    {
        using var folder = new TemporaryFolder();
        var audio = Substitute.ForPartsOf<AudioClient>();
        audio.OpenReadAsync(Arg.Any<AudioSpeechResponse>(), Arg.Any<CCApiRequestOptions?>(), Arg.Any<CancellationToken>()).Returns(new MediaStream(new MemoryStream(Bodies.Mp3)));

        var path = await audio.SaveAsync(new AudioSpeechResponse(), folder.At("a"));

        Assert.Equal(folder.At("a.mp3"), path);
    }

    [Fact]
    public async Task Images_OfAFake_ReturnItsSetup()
    {
        var images = Substitute.For<ImagesClient>();
        var (legacy, state, datum) = (new LegacyImageGenerationResponse(), new MultimodalImageGenerationResponse { Status = ImageJobStatus.Completed }, new ImageDatum());
        var request = new MultimodalImageGenerationRequest { Contents = [] };
        images.GenerateAsync(Arg.Any<LegacyImageGenerationRequest>()).Returns(legacy);
        images.GenerateAsync("m", "p").Returns(legacy);
        images.GenerateAsync(request).Returns(state);
        images.StartAsync(request).Returns(new ImageJob(images, state));
        images.GetJobAsync("j").Returns(state);
        images.ResumeJob("j").Returns(new ImageJob(images, "j"));
        images.OpenReadAsync(datum).Returns(new MediaStream(new MemoryStream([1])));
        images.SaveAsync(datum, "a").Returns("/a.png");

        Assert.Same(legacy, await images.GenerateAsync(new LegacyImageGenerationRequest { Model = "m", Prompt = "p" }));
        Assert.Same(legacy, await images.GenerateAsync("m", "p"));
        Assert.Same(state, await images.GenerateAsync(request));
        Assert.Same(state, await (await images.StartAsync(request)).WaitAsync());
        Assert.Same(state, await images.GetJobAsync("j"));
        Assert.Equal("j", images.ResumeJob("j").Id);
        Assert.Equal(1, (await images.OpenReadAsync(datum)).Length);
        Assert.Equal("/a.png", await images.SaveAsync(datum, "a"));
    }

    [Fact]
    public async Task Catalog_OfAFake_ReturnsItsSetup()
    {
        var catalog = Substitute.For<CatalogClient>();
        var (models, model) = (new ModelListResponse(), new ModelSummary());
        var (providers, provider) = (new ProviderListResponse(), new ProviderDetailResponse());
        catalog.ListModelsAsync().Returns(models);
        catalog.EnumerateModelsAsync().Returns(Models("a", "b"));
        catalog.GetModelAsync("openai/gpt-4o-mini").Returns(model);
        catalog.ListProvidersAsync().Returns(providers);
        catalog.GetProviderAsync("openai").Returns(provider);
        var seen = new List<string?>();

        await foreach (var listed in catalog.EnumerateModelsAsync())
        {
            seen.Add(listed.Id);
        }

        Assert.Equal(["a", "b"], seen);
        Assert.Same(models, await catalog.ListModelsAsync());
        Assert.Same(model, await catalog.GetModelAsync("openai/gpt-4o-mini"));
        Assert.Same(providers, await catalog.ListProvidersAsync());
        Assert.Same(provider, await catalog.GetProviderAsync("openai"));
    }

    [Fact]
    public async Task Call_FakeWithoutSetup_NamesTheFix()
    {
        var audio = Substitute.ForPartsOf<AudioClient>();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => audio.CreateSpeechAsync("m", "i", "v"));

        Assert.Equal("This is a fake: override the method that was called.", exception.Message);
    }

    private static async IAsyncEnumerable<ChatCompletionChunk> Chunks(params string[] pieces)
    {
        foreach (var piece in pieces)
        {
            await Task.Yield();
            yield return Wire.Read<ChatCompletionChunk>($$$"""{"choices":[{"index":0,"delta":{"content":"{{{piece}}}"}}]}""");
        }
    }

    private static async IAsyncEnumerable<ModelSummary> Models(params string[] ids)
    {
        foreach (var id in ids)
        {
            await Task.Yield();
            yield return new ModelSummary { Id = id };
        }
    }

    private sealed class BareClient : CCApiClient;
}
