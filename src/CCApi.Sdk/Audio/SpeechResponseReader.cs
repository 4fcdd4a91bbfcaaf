using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Reads the response of a speech call: the documented JSON, or the bytes that OpenAI-shaped gateways send.</summary>
internal static class SpeechResponseReader
{
    public const string Accept = "application/json, audio/*";

    /// <summary>Reads all of it.</summary>
    public static async ValueTask<AudioSpeechResponse> ReadToEndAsync(
        ApiCall call, HttpResponseMessage response)
    {
        using (response)
        {
            using var body = await ResponseBody.ReadAsync(call, response, call.MaxResponseBytes).ConfigureAwait(false);
            return await ReadAsync(call, response, body).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Reads only as much as is needed to know what it is: sound is returned as a stream, which owns the call and the
    /// response; all else is read to its end.
    /// </summary>
    public static async ValueTask<(MediaStream? Sound, AudioSpeechResponse? Speech)> OpenAsync(
        CCApiTransport transport, ApiCall call, HttpResponseMessage response)
    {
        var isSound = false;
        try
        {
            var stream = await ResponseBody.OpenAsync(call, response).ConfigureAwait(false);
            using var body = new PooledBuffer();
            var isMore = true;

            call.Clock.Enter(CCApiTimeoutKind.FirstChunk, call.FirstChunkTimeout);

            while (isMore && body.Length < MediaType.SniffLength)
            {
                isMore = await ResponseBody.ReadMoreAsync(
                    call, response, stream, body, call.MaxResponseBytes).ConfigureAwait(false);
            }

            isSound = IsPlainlySound(response.Content.Headers.ContentType?.MediaType, body.Written);
            if (isSound)
            {
                var rest = DownloadStream.Continue(transport, call, response, stream);

                return (ToSound(call, response, body.Written, rest), null);
            }

            while (isMore)
            {
                call.Clock.Enter(CCApiTimeoutKind.Idle, call.IdleTimeout);
                isMore = await ResponseBody.ReadMoreAsync(
                    call, response, stream, body, call.MaxResponseBytes).ConfigureAwait(false);
            }

            var speech = await ReadAsync(call, response, body).ConfigureAwait(false);
            call.Telemetry?.AddResponse(speech);

            call.IsReadToEnd = true;

            return (null, speech);
        }
        finally
        {
            if (!isSound)
            {
                response.Dispose();
            }
        }
    }

    private static MediaStream ToSound(
        ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> head, DownloadStream rest)
    {
        var mediaType = MediaType.Of(head, response.Content.Headers.ContentType?.MediaType);
        var info = call.Info(response);
        info.Cost = ResponseCosts.OfOpenBody(call, response);

        return new MediaStream(head.ToArray(), rest, mediaType)
        {
            ContentLength = rest.ContentLength,
            Info = info,
        };
    }

    private static async ValueTask<AudioSpeechResponse> ReadAsync(
        ApiCall call, HttpResponseMessage response, PooledBuffer body)
    {
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var result = IsAudio(mediaType, body.Written)
            ? FromBytes(body.Written.ToArray(), mediaType)
            : await ResponseReader.ReadAsync(call, response, body, AudioSpeechResponse.ReadFrom).ConfigureAwait(false);

        result.Info = ResponseCosts.Info(call, response, result);

        return result;
    }

    /// <summary>
    /// Whether the start already shows that it is sound. What may turn out to be JSON, such as an error under the label of
    /// the sound, does not.
    /// </summary>
    private static bool IsPlainlySound(string? mediaType, ReadOnlySpan<byte> head)
    {
        var start = JsonStart.Of(head);
        if (start.IsEmpty || IsBracket(start[0]))
        {
            return false;
        }

        return IsAudio(mediaType, head);
    }

    /// <summary>
    /// The label counts, unless the bytes are plainly something else: JSON, such as an error, may have the label of the
    /// requested audio.
    /// </summary>
    private static bool IsAudio(string? mediaType, ReadOnlySpan<byte> body)
    {
        var head = body.Slice(0, Math.Min(body.Length, MediaType.SniffLength));
        if (!IsAudioLabel(mediaType))
        {
            var isUnlabeled = mediaType is null && !TextPage.IsText(head);
            return isUnlabeled || MediaType.Sniff(head)?.StartsWith("audio/", StringComparison.Ordinal) == true;
        }

        if (body.IsEmpty || IsJson(body))
        {
            return false;
        }

        // Sound with a header would show it; sound without one may look like anything.
        return MediaType.IsHeaderless(mediaType) || !TextPage.Starts(head, mediaType);
    }

    private static bool IsAudioLabel(string? mediaType)
    {
        if (mediaType is null)
        {
            return false;
        }

        return mediaType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || MediaType.IsOfAnyBytes(mediaType);
    }

    private static bool IsBracket(byte character) => character is (byte)'{' or (byte)'[';

    /// <summary>Whether all of it is JSON; sound without a header may start with a brace.</summary>
    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        var json = JsonStart.Of(body);
        if (json.IsEmpty || !IsBracket(json[0]))
        {
            return false;
        }

        try
        {
            var reader = JsonRead.Of(json);
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
