using System;
using System.Net.Http;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Parses the documents of a stream: chunks, errors, heartbeats, and what cannot be read. It knows whether what was received shows
/// that the call is charged, which its failures report.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="response">Its response.</param>
internal sealed class ChunkParser(ApiCall call, HttpResponseMessage response)
{
    private ChatCompletionChunk? _previous;
    private bool _isCharged;

    /// <summary>The start of what could not be read, but may have been cut; null when everything could be read.</summary>
    public string? Unreadable { get; private set; }

    /// <summary>Checks the number of values in the data of an event.</summary>
    /// <exception cref="CCApiStreamException">There are too many.</exception>
    public void CheckSize(ReadOnlySpan<byte> data)
    {
        if (!JsonValues.AreWithin(data, call.MaxJsonValues))
        {
            throw new CCApiStreamException(ResponseReader.TooManyValues(call));
        }
    }

    /// <summary>Parses a document; null when it is JSON, but nothing that a stream is made of, or a heartbeat.</summary>
    /// <param name="events">The event that it belongs to.</param>
    /// <param name="data">The data of the event from the document on.</param>
    /// <param name="length">The length of the document.</param>
    /// <exception cref="CallFailureException">It is an error, or cannot be read.</exception>
    public ChatCompletionChunk? Parse(SseReader events, ReadOnlySpan<byte> data, out int length)
    {
        ChatCompletionChunk? chunk;
        try
        {
            var reader = JsonRead.Of(data);
            reader.Read();
            chunk = ChatCompletionChunk.ReadFrom(ref reader, _previous);

            if (chunk is null)
            {
                reader.Skip();
            }

            length = (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            length = data.Length;
            TakeUnreadable(events, data);

            return null;
        }

        var document = data.Slice(0, length);
        if (!events.IsError && IsHeartbeat(events, document, chunk))
        {
            return null;
        }

        if (ChatChunks.FindError(chunk, document, isNamedSo: events.IsError) is { } error)
        {
            throw Failure(error, document);
        }

        if (chunk is not null)
        {
            _previous = chunk;
        }

        return chunk;
    }

    /// <summary>Finds out whether a chunk shows that the model has worked, and what it reports of the cost.</summary>
    public void FindCharge(ChatCompletionChunk chunk, ReadOnlySpan<byte> document)
    {
        // Some gateways begin with a usage of zeros (observed).
        if (chunk.Usage is not null && (_isCharged || ChargeReport.IsIn(document)))
        {
            (call.Costs.Reported, _isCharged) = (chunk, true);
        }

        if (_isCharged)
        {
            return;
        }

        if (ChatChunks.IsContent(chunk))
        {
            _isCharged = true;
            return;
        }

        // Some gateways report usage or a cost elsewhere, in the first chunk (observed).
        var mayBeCharged = chunk.Usage is null && ChatChunks.HasRare(chunk);
        if (mayBeCharged && ChargeReport.IsIn(document))
        {
            (call.Costs.Reported, _isCharged) = (chunk, true);
        }
    }

    /// <summary>The failure of a stream with something in it that cannot be read.</summary>
    /// <param name="start">How it starts.</param>
    public CallFailureException Broken(string start) => new(CallFailure.Stream(
        $"{call.Request} sent a chunk that cannot be read. It starts: {start}. Check what stands between this program and the gateway."));

    /// <summary>The failure of a stream with more bytes than allowed.</summary>
    public CallFailureException TooLarge(long maxBytes) => new(CallFailure.Stream(
        FormattableString.Invariant($"The stream of {call.Request} has more than {maxBytes} ")
        + "bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right."));

    /// <summary>The failure of an event that is an error and has no document.</summary>
    public CallFailureException ErrorWithoutData(ReadOnlySpan<byte> data) =>
        Failure(ErrorBody.Text("The stream reports an error without a description."), data);

    private CallFailureException Failure(ErrorBody error, ReadOnlySpan<byte> json) =>
        new(FailureClassifier.FromSuccess(call, response, error, json, _isCharged, call.Costs.Reported));

    private static bool IsHeartbeat(SseReader events, ReadOnlySpan<byte> document, ChatCompletionChunk? chunk)
    {
        if (chunk is null)
        {
            return EventData.HeartbeatLength(document) == document.Length;
        }

        return ChatChunks.IsHeartbeat(chunk, isNamedSo: events.IsHeartbeat);
    }

    /// <summary>What is not JSON is a fault, unless it may have been cut, or a heartbeat allows anything.</summary>
    private void TakeUnreadable(SseReader events, ReadOnlySpan<byte> data)
    {
        if (events.IsHeartbeat)
        {
            return;
        }

        var start = BodySnippet.Of(data, call.Redaction) ?? "nothing readable";
        if (events.IsError)
        {
            throw Failure(ErrorBody.Text(start), data);
        }

        if (!EventData.MayBeCut(data))
        {
            throw Broken(start);
        }

        Unreadable = start;
    }
}
