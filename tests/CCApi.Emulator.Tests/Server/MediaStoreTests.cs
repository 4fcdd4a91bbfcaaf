using System;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Server;

public class MediaStoreTests
{
    [Fact]
    public async Task Get_OfAFile_NeedsNoKey()
    {
        await using var world = await World.StartAsync();
        var answer = await world.PostAsync("audio/speech", Body.Speech("Hello"));
        world.Http.DefaultRequestHeaders.Authorization = null;

        var file = await world.GetAsync(answer.Json["audio_url"]!.GetValue<string>());

        Assert.Equal((200, "audio/wav"), (file.Status, file.MediaType));
    }

    [Fact]
    public async Task Get_OfAnUnknownFile_Is404()
    {
        await using var world = await World.StartAsync();

        var file = await world.GetAsync("/media/000000.png");

        Assert.Equal((404, "not_found"), (file.Status, file.Error["code"]!.GetValue<string>()));
    }

    [Fact]
    public void Add_OfMoreFilesThanItKeeps_ForgetsTheOldest()
    {
        var store = new MediaStore(() => new Uri("http://127.0.0.1/"));

        for (var i = 0; i < 257; i++)
        {
            store.Add([1], "image/png", ".png");
        }

        Assert.Equal((404, 200, 200), (store.Get("000001.png").Status, store.Get("000002.png").Status, store.Get("000101.png").Status));
    }

    [Fact]
    public void Add_OfMoreBytesThanItKeeps_ForgetsTheOldest()
    {
        var store = new MediaStore(() => new Uri("http://127.0.0.1/"));
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
        var store = new MediaStore(() => new Uri("http://127.0.0.1/"));

        store.Add(new byte[300 * 1024 * 1024], "audio/wav", ".wav");

        Assert.Equal(200, store.Get("000001.wav").Status);
    }
}
