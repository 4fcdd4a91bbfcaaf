using System;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Server;

public class MediaHostTests
{
    [Fact]
    public async Task Response_File_IsServedFromAnotherPort()
    {
        await using var world = await World.StartAsync();

        var url = await SpeakAsync(world);

        Assert.Equal("127.0.0.1", url.Host);
        Assert.NotEqual(world.Emulator.BaseAddress.Port, url.Port);
    }

    [Fact]
    public async Task Response_File_NeedsNoKey()
    {
        await using var world = await World.StartAsync();
        var url = await SpeakAsync(world);
        world.Http.DefaultRequestHeaders.Authorization = null;

        var file = await world.GetAsync(url.AbsoluteUri);

        Assert.Equal((200, "audio/mpeg"), (file.Status, file.MediaType));
    }

    [Theory]
    [InlineData("/media/000000.png")]
    [InlineData("/")]
    [InlineData("/dashboard")]
    public async Task Response_AnyOtherPath_IsThatOfAnObjectStore(string path)
    {
        await using var world = await World.StartAsync();
        var url = new Uri(await SpeakAsync(world), path);

        var file = await world.GetAsync(url.AbsoluteUri);

        Assert.Equal((404, "application/xml"), (file.Status, file.MediaType));
        Assert.Contains("<Code>NoSuchKey</Code>", file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_FileOnTheApiPort_IsThePage()
    {
        await using var world = await World.StartAsync();
        var url = await SpeakAsync(world);

        var file = await world.GetAsync(url.AbsolutePath);

        Assert.Equal("text/html", file.MediaType);
    }

    [Fact]
    public async Task Response_WithoutAMediaPort_IsServedFromTheApiPort()
    {
        await using var world = await World.StartAsync(options => options.MediaPort = null);
        var url = await SpeakAsync(world);

        var file = await world.GetAsync(url.AbsoluteUri);

        Assert.Equal((world.Emulator.BaseAddress.Port, "audio/mpeg"), (url.Port, file.MediaType));
        Assert.Single(world.Emulator.MediaRequests);
    }

    [Fact]
    public async Task Requests_OfTheSdk_CarryNoKey()
    {
        await using var world = await World.StartAsync();
        var speech = await world.Client.Audio.CreateSpeechAsync("elevenlabs/tts", "Hello", "aria", cancellationToken: World.Token);

        await using var stream = await world.Client.Audio.OpenReadAsync(speech, cancellationToken: World.Token);
        await stream.ToArrayAsync();

        var request = Assert.Single(world.Emulator.MediaRequests);
        Assert.Equal((world.Time.GetUtcNow(), "GET", new Uri(speech.AudioUrl!).AbsolutePath, 200), (request.Time, request.Method, request.Path, request.Status));
        Assert.DoesNotContain("authorization", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.True(request.Headers.ContainsKey("host"));
    }

    [Fact]
    public async Task Requests_WithAKey_TellThatItCameAndNotWhichOneItWas()
    {
        await using var world = await World.StartAsync();
        var url = await SpeakAsync(world);

        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "Cookie", "session=7" }, { "x-mine", "8" } } };
        await world.SendAsync(request);

        var headers = Assert.Single(world.Emulator.MediaRequests).Headers;
        Assert.Equal(("(hidden)", "(hidden)", "8"), (headers["authorization"], headers["Cookie"], headers["x-mine"]));
        Assert.DoesNotContain(headers.Values, value => value.Contains(world.Emulator.ApiKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_OfManyFiles_AreTheLastOnes()
    {
        await using var world = await World.StartAsync();
        var url = await SpeakAsync(world);

        await Parallel.ForAsync(0, 1025, World.Token, async (i, _) => await world.GetAsync(new Uri(url, $"/media/{i}").AbsoluteUri));

        Assert.Equal(1024, world.Emulator.MediaRequests.Count);
    }

    private static async Task<Uri> SpeakAsync(World world) => new((await world.PostAsync("audio/speech", Body.Speech("Hello"))).Json["audio_url"]!.GetValue<string>());
}
