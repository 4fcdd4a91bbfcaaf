using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Audio;

[Collection(TelemetryTestGroup.Name)]
public sealed class SpeechTelemetryTests : IDisposable
{
    private readonly TelemetryRecorder _telemetry = new();

    public void Dispose() => _telemetry.Dispose();

    [Fact]
    public async Task Speech_HasOneSpan()
    {
        using var client = new ScriptedHandler(ScriptedHandler.Json("""{"audio_url":"https://cdn.test/a.mp3"}""")).CreateClient();

        await client.Audio.CreateSpeechAsync("m", "Hello.", "v");

        Assert.Equal("generate_content m [CLIENT]", _telemetry.Tree());
        Assert.Equal(
            [
                "gen_ai.operation.name=generate_content",
                "gen_ai.output.type=speech",
                "gen_ai.provider.name=ccapi",
                "gen_ai.request.model=m",
                "server.address=api.ccapi.ai",
                "server.port=443",
            ],
            _telemetry.Span.Lines());
        Assert.Equal("generate_content", Assert.Single(_telemetry.Of("gen_ai.client.operation.duration")).Tags["gen_ai.operation.name"]);
    }

    [Fact]
    public async Task Speech_ThatStreams_HasASpanUntilItIsReadOrBreaks()
    {
        using var client = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Mp3, "audio/mpeg")).CreateClient();

        using (var sound = await client.Audio.StreamSpeechAsync(new AudioSpeechRequest { Model = "m", Input = "Hello.", Voice = "v" }))
        {
            Assert.Null(Activity.Current);
            Assert.Empty(_telemetry.Spans);
            await sound.CopyToAsync(Stream.Null);
        }

        Assert.Equal(ActivityStatusCode.Unset, _telemetry.Span.Status);
        Assert.Null(Activity.Current);
    }
}
