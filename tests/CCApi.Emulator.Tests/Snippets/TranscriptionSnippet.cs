using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Snippets;

public class TranscriptionSnippet
{
    [Fact]
    public async Task Transcription_Runs()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);
        using var client = emulator.CreateClient();
        emulator.Script.When("POST", "/audio/transcriptions").Fail(429).Times(1);
        emulator.Script.When("POST", "/audio/transcriptions").ReplyJson("""{"text":"Welcome."}""");
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "ID3 sound", World.Token);

        #region README
        await using var file = File.OpenRead(path);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("openai/whisper-1"), "model" },
            { new StreamContent(file), "file", "talk.mp3" },
        };
        var transcription = await client.SendAsync(HttpMethod.Post, "audio/transcriptions", form, TranscriptionJson.Default.Transcription);
        #endregion

        Assert.Equal("Welcome.", transcription.Text);
        Assert.Equal(2, emulator.Requests.Count);
        file.Close();
        File.Delete(path);
    }
}

#region README
internal sealed record Transcription(string Text);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Transcription))]
internal sealed partial class TranscriptionJson : JsonSerializerContext;
#endregion
