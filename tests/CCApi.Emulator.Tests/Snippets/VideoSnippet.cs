using System;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Snippets;

public class VideoSnippet
{
    [Fact]
    public async Task Video_Runs()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);
        using var client = emulator.CreateClient();
        emulator.Script.When("POST", "/videos").ReplyJson("""{"id":"video-1","status":"queued"}""");
        emulator.Script.When("GET", "/videos/video-1").ReplyJson("""{"id":"video-1","status":"completed"}""");
        emulator.Script.When("GET", "/videos/video-1/content").ReplyBytes([1, 2, 3], "video/mp4");
        emulator.Script.When("DELETE", "/videos/video-1").ReplyBytes([], status: 204);
        using var file = new MemoryStream();
        var (pause, cancellationToken) = (TimeSpan.Zero, World.Token);

        #region README
        var request = new VideoRequest("openai/sora-2", "A whale at dawn.");
        var task = await client.SendAsync(HttpMethod.Post, "videos", request, VideoJson.Default.VideoRequest, VideoJson.Default.VideoTask);
        var path = $"videos/{Uri.EscapeDataString(task.Id)}";
        while (task.Status is "queued" or "in_progress")
        {
            await Task.Delay(pause, cancellationToken);
            task = await client.SendAsync(HttpMethod.Get, path, VideoJson.Default.VideoTask);
        }

        if (task.Status == "completed")
        {
            using var video = await client.SendAsync(HttpMethod.Get, $"{path}/content", content: null);
            await video.Body.CopyToAsync(file, cancellationToken);
        }

        using var deleted = await client.SendAsync(HttpMethod.Delete, path, content: null); // 204: there is no body
        #endregion

        Assert.Equal([1, 2, 3], file.ToArray());
        Assert.Equal(204, (int)deleted.StatusCode);
    }
}

#region README
internal sealed record VideoRequest(string Model, string Prompt);

internal sealed record VideoTask(string Id, string Status);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(VideoRequest))]
[JsonSerializable(typeof(VideoTask))]
internal sealed partial class VideoJson : JsonSerializerContext;
#endregion
