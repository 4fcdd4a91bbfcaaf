using System;
using System.Linq;
using System.Text.Json.Nodes;
using CCApi.Emulator.Tests.Support;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Emulator.Tests.Speech;

public class SpeechEventsTests
{
    [Fact]
    public async Task Of_StreamFormatSse_AreTheAudioInPiecesAndItsUsage()
    {
        await using var world = await World.StartAsync();

        var plain = await SendAsync(world, "\"stream_format\":\"audio\"");
        var streamed = await SendAsync(world, "\"stream_format\":\"sse\"");

        var events = streamed.Events.Select(data => JsonNode.Parse(data)!).ToList();
        var deltas = events.Where(item => item["type"]!.GetValue<string>() == "speech.audio.delta").ToList();
        Assert.True(deltas.Count > 1);
        Assert.Equal(plain.Bytes, deltas.SelectMany(delta => Convert.FromBase64String(delta["audio"]!.GetValue<string>())));
        var done = events[^1];
        Assert.Equal("speech.audio.done", done["type"]!.GetValue<string>());
        var usage = done["usage"]!;
        Assert.Equal(usage["total_tokens"]!.GetValue<int>(), usage["input_tokens"]!.GetValue<int>() + usage["output_tokens"]!.GetValue<int>());
        Assert.Equal(("text/event-stream", "audio/mpeg"), (streamed.MediaType, plain.MediaType));
        Assert.Equal(2, world.Emulator.Ledger.Charges.Count);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"json\"")]
    [InlineData("7")]
    public async Task Of_AnUnknownStreamFormat_Is400(string value)
    {
        await using var world = await World.StartAsync();

        var response = await SendAsync(world, $"\"stream_format\":{value}");

        Assert.Equal((400, "stream_format"), (response.Status, response.Error["param"]!.GetValue<string>()));
    }

    /// <summary>Without the check against the contract, which does not have streamed speech.</summary>
    private static async Task<ReceivedResponse> SendAsync(World world, string more)
    {
        using var content = new StringContent(Body.Speech("The quick brown fox jumps over the lazy dog.", more), Encoding.UTF8, "application/json");
        using var response = await world.Http.PostAsync(new Uri("audio/speech", UriKind.Relative), content, World.Token);
        return await ReceivedResponse.ReadAsync(response);
    }
}
