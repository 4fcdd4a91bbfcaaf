using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Fuzz;

/// <summary>A streamed chat: the input is its body. However it is read, and in whatever pieces it comes, the result is the same.</summary>
internal static class StreamTarget
{
    private static readonly CannedGateway _gateway = new();

    public static void Run(byte[] input)
    {
        var chunks = Sync.Run(() => ReadChunksAsync(input));
        var texts = Sync.Run(() => ReadTextAsync(input));
        if (chunks.End != texts.End)
        {
            throw new FindingException($"Read as chunks:\n{chunks.End}\nread as text:\n{texts.End}");
        }

        if (!chunks.IsBroken && texts.Text != (chunks.Response.Text ?? string.Empty))
        {
            throw new FindingException($"The pieces of text: {texts.Text}\nthe response: {chunks.Response.Text}");
        }

        var expected = Sync.Run(() => ReadByTheGeneratedReaderAsync(input, chunks.Chunks.Count));
        var actual = chunks.Chunks.Select(Outcome.Write);
        if (!expected.SequenceEqual(actual))
        {
            throw new FindingException($"The generated reader says:\n{string.Join("\n", expected)}\nthe stream:\n{string.Join("\n", actual)}");
        }

        Behavior.Add(chunks.Chunks.Count, chunks.Response.ToolCalls.Count, chunks.Response.FinishReason, chunks.Response.IsTruncated, chunks.IsBroken);
        Planted.CheckResponse(chunks.Response);
    }

    private static async Task<(List<ChatCompletionChunk> Chunks, ChatCompletionResponse Response, bool IsBroken, string End)> ReadChunksAsync(byte[] input)
    {
        var chunks = new List<ChatCompletionChunk>();
        var stream = Stream(input, int.MaxValue);
        CCApiException? error = null;
        try
        {
            await foreach (var chunk in stream)
            {
                chunks.Add(chunk);
            }
        }
        catch (CCApiException exception)
        {
            error = exception;
        }

        var response = await stream.GetResponseAsync();
        return (chunks, response, error is not null, Outcome.Of(response, error));
    }

    private static async Task<(string Text, string End)> ReadTextAsync(byte[] input)
    {
        var text = new StringBuilder();
        var stream = Stream(input, 7);
        CCApiException? error = null;
        try
        {
            await foreach (var piece in stream.ReadTextAsync())
            {
                text.Append(piece);
            }
        }
        catch (CCApiException exception)
        {
            error = exception;
        }

        return (text.ToString(), Outcome.Of(await stream.GetResponseAsync(), error));
    }

    private static async Task<List<string>> ReadByTheGeneratedReaderAsync(byte[] input, int count)
    {
        var chunks = new List<string>();
        using var events = new SseReader(new PieceStream(input, int.MaxValue), CCApiDefaults.MaxLineBytes);
        while (chunks.Count < count && await events.MoveNextAsync(CancellationToken.None))
        {
            chunks.AddRange(ReadChunks(events).Take(count - chunks.Count));
        }

        return chunks;
    }

    /// <summary>The chunks of an event, one for each of its documents.</summary>
    private static List<string> ReadChunks(SseReader events)
    {
        var chunks = new List<string>();
        var rest = EventData.SkipSeparators(events.Data);
        while (!rest.IsEmpty)
        {
            var skipped = Math.Max(StreamEndMark.LengthIn(rest), EventData.HeartbeatLength(rest));
            var length = skipped > 0 ? skipped : ReadChunk(rest, events.IsHeartbeat, chunks);
            rest = EventData.SkipSeparators(rest.Slice(length));
        }

        return chunks;
    }

    private static int ReadChunk(ReadOnlySpan<byte> data, bool isHeartbeat, List<string> chunks)
    {
        var reader = new Utf8JsonReader(data);
        try
        {
            if (reader.Read() && ChatCompletionChunk.ReadFrom(ref reader) is { } chunk && !ChatChunks.IsHeartbeat(chunk, isHeartbeat))
            {
                chunks.Add(Outcome.Write(chunk));
            }

            // The reader stays within a value that is not an object.
            var document = new Utf8JsonReader(data);
            document.Read();
            document.Skip();
            return (int)document.BytesConsumed;
        }
        catch (JsonException)
        {
            return data.Length;
        }
    }

    private static StreamingChatCompletion Stream(byte[] input, int pieceLength) =>
        _gateway.Respond(input, "text/event-stream", pieceLength).Chat.StreamAsync("m", "Hi");
}
