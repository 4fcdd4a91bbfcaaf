using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Opens the body of a response for its reader: finds out whether it is a stream of events or a plain response.</summary>
internal static class ChunkReaderOpener
{
    /// <summary>Opens a response.</summary>
    /// <param name="reader">What reads its chunks.</param>
    /// <param name="call">The call.</param>
    /// <param name="response">The response.</param>
    /// <param name="maxBytes">The largest plain response.</param>
    public static async ValueTask OpenAsync(ChunkReader reader, ApiCall call, HttpResponseMessage response, long maxBytes)
    {
        call.Clock.Enter(CCApiTimeoutKind.FirstChunk, call.FirstChunkTimeout);
        var body = await ResponseBody.OpenAsync(call, response).ConfigureAwait(false);
        if (response.Content.Headers.ContentType?.MediaType is { } type && StreamLabels.Contains(type))
        {
            reader.Open(body);
        }
        else
        {
            await OpenUnlabeledAsync(reader, call, response, body, maxBytes).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The media type is another: a gateway that does not stream responds with plain JSON, and some label their streams wrong.
    /// </summary>
    private static async ValueTask OpenUnlabeledAsync(
        ChunkReader reader, ApiCall call, HttpResponseMessage response, Stream body, long maxBytes)
    {
        using var start = new PooledBuffer();
        var isMore = true;

        // The first bytes of a live stream show what it is.
        while (isMore && EventStreamStart.Matches(start.Written) is null)
        {
            isMore = await ResponseBody.ReadMoreAsync(call, response, body, start, maxBytes).ConfigureAwait(false);
        }

        if (EventStreamStart.Matches(start.Written) == true)
        {
            reader.Open(body, JsonStart.Of(start.Written));
            return;
        }

        do
        {
            call.Clock.Enter(CCApiTimeoutKind.Idle, call.IdleTimeout);
        }
        while (await ResponseBody.ReadMoreAsync(call, response, body, start, maxBytes).ConfigureAwait(false));

        await OpenCompleteAsync(reader, call, response, start).ConfigureAwait(false);
    }

    /// <summary>Opens a body that was received completely: chunks without the form of events, or a plain response.</summary>
    private static async ValueTask OpenCompleteAsync(
        ChunkReader reader, ApiCall call, HttpResponseMessage response, PooledBuffer body)
    {
        if (EventData.HasSeveralDocuments(body.Written))
        {
            reader.Open(CopyOf(body));
            return;
        }

        var plain = await ResponseReader.ReadAsync(
            call, response, body, ChatCompletionResponse.ReadFrom).ConfigureAwait(false);
        if (ChatChunks.HasDelta(plain))
        {
            reader.Open(CopyOf(body));
            return;
        }

        reader.Open(ChatChunks.FromResponse(plain));
    }

    private static MemoryStream CopyOf(PooledBuffer body) => new(body.Written.ToArray(), writable: false);
}
