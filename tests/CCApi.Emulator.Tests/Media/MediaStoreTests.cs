using System;
using System.Net;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using Xunit;

namespace CCApi.Emulator.Tests.Media;

public class MediaStoreTests
{
    [Theory]
    [InlineData(59_999, 200, "audio/mpeg")]
    [InlineData(60_000, 403, "application/xml")]
    public async Task Get_FileWhoseLinkLivesAMinute_IsRejectedAfterThat(int milliseconds, int status, string mediaType)
    {
        await using var world = await World.StartAsync(options => options.MediaLifetime = TimeSpan.FromMinutes(1));
        var response = await world.PostAsync("audio/speech", Body.Speech("Hello"));
        world.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        var file = await world.GetAsync(response.Json["audio_url"]!.GetValue<string>());

        Assert.Equal((status, mediaType), (file.Status, file.MediaType));
    }

    [Fact]
    public async Task Get_OfAnExpiredLinkThroughTheSdk_IsAPermissionProblem()
    {
        await using var world = await World.StartAsync(options => options.MediaLifetime = TimeSpan.FromMinutes(1));
        var speech = await world.Client.Audio.CreateSpeechAsync("elevenlabs/tts", "Hello", "aria", cancellationToken: World.Token);
        world.Time.Advance(TimeSpan.FromHours(1));

        var exception = await Record.ExceptionAsync(() => world.Client.Audio.OpenReadAsync(speech, cancellationToken: World.Token));

        Assert.Equal(HttpStatusCode.Forbidden, Assert.IsAssignableFrom<CCApiException>(exception).StatusCode);
    }

    [Fact]
    public void Add_OfAFile_IsAUrlOfItsHost()
    {
        var store = Store();

        Assert.Equal("http://127.0.0.1/media/000001.png", store.Add([1], "image/png", ".png"));
    }

    [Fact]
    public void Add_OfMoreFilesThanItKeeps_ForgetsTheOldest()
    {
        var store = Store();

        for (var i = 0; i < 4097; i++)
        {
            store.Add([1], "image/png", ".png");
        }

        Assert.Equal((404, 200, 200), (store.Get("000001.png").Status, store.Get("000002.png").Status, store.Get("000101.png").Status));
    }

    [Fact]
    public void Add_OfMoreBytesThanItKeeps_ForgetsTheOldest()
    {
        var store = Store();
        var large = new byte[100 * 1024 * 1024];

        for (var i = 0; i < 3; i++)
        {
            store.Add(large, "audio/wav", ".wav");
        }

        Assert.Equal((404, 200, 200), (store.Get("000001.wav").Status, store.Get("000002.wav").Status, store.Get("000003.wav").Status));
    }

    [Fact]
    public void Add_OfAFileLargerThanAll_KeepsIt()
    {
        var store = Store();

        store.Add(new byte[300 * 1024 * 1024], "audio/wav", ".wav");

        Assert.Equal(200, store.Get("000001.wav").Status);
    }

    private static MediaStore Store() => new(() => new Uri("http://127.0.0.1/"), new CCApiEmulatorOptions());
}
