using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Reads the answer of a speech call: the documented JSON, or the bytes that OpenAI-shaped gateways send.</summary>
internal static class SpeechAnswer
{
    public const string Accept = "application/json, audio/*";

    public static async ValueTask<AudioSpeechResponse> ReadAsync(ApiCall call, HttpResponseMessage response, long maxBytes)
    {
        using (response)
        {
            using var body = await ResponseBody.ReadAsync(call, response, maxBytes).ConfigureAwait(false);
            var mediaType = response.Content.Headers.ContentType?.MediaType;
            var answer = IsAudio(mediaType, body.Written)
                ? FromBytes(body.Written.ToArray(), mediaType)
                : PlainAnswer.Read(call, response, body.Written, AudioSpeechResponse.ReadFrom);
            answer.Info = call.Info(response);
            return answer;
        }
    }

    /// <summary>The label counts, unless the bytes are plainly something else: JSON, such as an error, may come under the label of the audio that was asked for.</summary>
    private static bool IsAudio(string? mediaType, ReadOnlySpan<byte> body)
    {
        var isLabeled = mediaType is not null
            && (mediaType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || mediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase));
        return isLabeled ? body.Length > 0 && !IsJson(body) : MediaType.Sniff(body)?.StartsWith("audio/", StringComparison.Ordinal) == true;
    }

    /// <summary>Whether all of it is JSON; sound without a header may start with a brace.</summary>
    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        var json = JsonStart.Of(body);
        if (json.IsEmpty || json[0] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                // Only the end matters.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static AudioSpeechResponse FromBytes(byte[] bytes, string? mediaType) => new()
    {
        B64Audio = new Base64Data(bytes),
        MediaType = MediaType.Of(bytes, mediaType),
    };
}
