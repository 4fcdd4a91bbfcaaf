using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Splits speech into the events of a stream, as <c>stream_format: sse</c> of OpenAI has them.</summary>
internal static class SpeechEvents
{
    private const int CharactersPerToken = 4;
    private const int BytesPerToken = 400;

    /// <param name="audio">The audio.</param>
    /// <param name="pieces">How many events it is split into.</param>
    /// <param name="characters">How many characters were spoken.</param>
    public static IEnumerable<string> Of(byte[] audio, int pieces, int characters)
    {
        var size = Math.Max((audio.Length + pieces - 1) / Math.Max(pieces, 1), 1);
        var deltas = audio.Chunk(size).Select(Convert.ToBase64String)
            .Select(piece => new JsonObject { ["type"] = "speech.audio.delta", ["audio"] = piece });
        var input = (characters + CharactersPerToken - 1) / CharactersPerToken;
        var output = Math.Max(audio.Length / BytesPerToken, 1);
        var usage = new JsonObject { ["input_tokens"] = input, ["output_tokens"] = output, ["total_tokens"] = input + output };

        return deltas.Append(new JsonObject { ["type"] = "speech.audio.done", ["usage"] = usage }).Select(GatewayResponse.Text);
    }
}
