using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// A streamed chat completion. The request is sent when the stream is first enumerated, read as text, or read to its end by
/// <see cref="GetResponseAsync"/>; each stream can be read once, by one reader at a time. Leaving the loop or disposing closes
/// the connection.
/// </summary>
/// <remarks>
/// A body that just ends is not an exception: the enumeration ends, and <see cref="ChatCompletionResponse.IsTruncated"/> is true.
/// Once every choice has its finish reason the stream is complete: usage and the end mark are awaited for
/// <see cref="CCApiDefaults.StreamEndTimeout"/>, and a connection that is reset counts as the end. There is no retry once the stream has
/// begun. An exception carries what was received in <see cref="CCApiException.PartialResponse"/>.
/// </remarks>
public sealed partial class StreamingChatCompletion : IAsyncEnumerable<ChatCompletionChunk>, IAsyncDisposable
{
    private readonly IChunkSource _source;

    // It is the lock too: disposing may come from another thread than reading.
    private readonly ChatAssembler _assembler = new();
    private int _state;
    private ChatCompletionResponse? _response;
    private ChatCompletionResponse? _snapshot;
    private CCApiResponseInfo? _info;

    // The text that ended the reasoning, which the text begins with.
    private string? _firstText;
    private bool _isAtEnd;

    internal StreamingChatCompletion(IChunkSource source) => _source = source;

    private enum State
    {
        New,
        Reading,

        // The reasoning was read, and its text may follow.
        Paused,
        Ended,
    }

    /// <summary>
    /// Gets the status, headers and attempts of the response; null until the headers were received. Set it before reading to
    /// provide those of a fake.
    /// </summary>
    public CCApiResponseInfo? Info
    {
        get => _info ?? _source.Info;
        set => _info = value;
    }

    /// <summary>
    /// Gets the response so far, marked as truncated until the stream is complete. It can be read at any time, also while the
    /// stream is read.
    /// </summary>
    /// <remarks>
    /// It is assembled again after each chunk, in time and memory proportional to all that was received: reading it at each chunk
    /// takes quadratic time. <see cref="ReadUpdatesAsync"/> and <see cref="ReadTextAsync"/> return what is new instead.
    /// </remarks>
    public ChatCompletionResponse Snapshot
    {
        get
        {
            lock (_assembler)
            {
                return _response ?? (_snapshot ??= Partial());
            }
        }
    }

    /// <summary>
    /// The time from the start of the call, with its retries, to the first piece of text, of reasoning or of a tool call; null
    /// until then.
    /// </summary>
    public TimeSpan? TimeToFirstToken { get; private set; }

    /// <summary>Creates a stream of chunks for fakes and tests. Its response is truncated when a choice has no finish reason.</summary>
    /// <param name="chunks">The chunks. They are enumerated once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="chunks"/> is null.</exception>
    public static StreamingChatCompletion FromChunks(IAsyncEnumerable<ChatCompletionChunk> chunks) =>
        new(new FakeChunkSource(chunks ?? throw new ArgumentNullException(nameof(chunks))));

    /// <summary>Returns the chunks as they are received. The request is sent when the first one is read.</summary>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    public IAsyncEnumerator<ChatCompletionChunk> GetAsyncEnumerator(
        CancellationToken cancellationToken = default) =>
        ReadChunksAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);

    /// <summary>Configures how the chunks, and the disposal, are awaited: for <c>await foreach</c> and <c>await using</c>.</summary>
    /// <param name="continueOnCapturedContext">Whether to continue on the caller's context after each of them.</param>
    public ConfiguredStreamingChatCompletion ConfigureAwait(bool continueOnCapturedContext) =>
        new(this, continueOnCapturedContext);

    /// <summary>
    /// Returns the whole response. A stream that was not read is read to its end; after a loop that ended, the response is
    /// assembled from its chunks; after an abandoned loop, from those that were received, and marked as truncated.
    /// </summary>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The stream is still being read.</exception>
    public async Task<ChatCompletionResponse> GetResponseAsync(CancellationToken cancellationToken = default)
    {
        if (TryBegin(State.New) || TryBegin(State.Paused))
        {
            await ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }

        if (Volatile.Read(ref _state) != (int)State.Ended)
        {
            throw new InvalidOperationException("The stream is still being read: leave the loop first.");
        }

        return _response!;
    }

    /// <summary>Closes the connection. What was received stays available from <see cref="GetResponseAsync"/>.</summary>
    public ValueTask DisposeAsync() => CloseAsync(isComplete: false);

    private bool TryBegin(State from) =>
        Interlocked.CompareExchange(ref _state, (int)State.Reading, (int)from) == (int)from;

    private void Begin()
    {
        if (!TryBegin(State.New))
        {
            throw new InvalidOperationException(
                "A stream can be read once: call StreamAsync again, or use GetResponseAsync for what was read.");
        }
    }

    private void End(bool isComplete)
    {
        ChatCompletionResponse? ended = null;
        lock (_assembler)
        {
            if (_response is null)
            {
                // Once every choice has its finish reason, nothing that matters can be missing, wherever the body ends.
                var hasEnd = _source.SawEndMark && !_source.IsCut;
                var isFinished = _assembler.IsFinished || hasEnd;
                _response = _assembler.ToResponse(isTruncated: !isComplete || !isFinished);
                _source.CostOf(_response);
                _response.Info = Info;
                ended = _response;
            }
        }

        if (ended is not null)
        {
            _source.End(ended);
        }
    }

    private string? Add(in StreamPiece piece)
    {
        lock (_assembler)
        {
            _snapshot = null;
            var text = Assemble(piece);
            if (TimeToFirstToken is null && IsToken(text))
            {
                TimeToFirstToken = _source.Elapsed;
            }

            return text;
        }
    }

    private string? Assemble(in StreamPiece piece)
    {
        try
        {
            return _assembler.Add(piece);
        }
        catch (Exception exception)
        {
            // The source read the piece without a failure, so this one is reported to it.
            Complete(exception as CCApiException);
            _source.Fail(exception);
            throw;
        }
    }

    /// <summary>Whether the piece that was added last has text, reasoning or a tool call.</summary>
    private bool IsToken(string? text) =>
        text is not null
        || _assembler.AddedReasoning is not null
        || _assembler.AddedToolCalls is not null;

    private async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        var isComplete = false;
        try
        {
            while (!_isAtEnd && await NextAsync(textOnly: true, cancellationToken).ConfigureAwait(false) is { IsEnd: false } piece)
            {
                Add(piece);
            }

            isComplete = true;
        }
        finally
        {
            await CloseAsync(isComplete).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<ChatCompletionChunk> ReadChunksAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin();
        var isComplete = false;

        try
        {
            while (await NextAsync(textOnly: false, cancellationToken).ConfigureAwait(false) is { Chunk: { } chunk } piece)
            {
                Add(piece);
                yield return chunk;
            }

            isComplete = true;
        }
        finally
        {
            await CloseAsync(isComplete).ConfigureAwait(false);
        }
    }

    private async ValueTask CloseAsync(bool isComplete)
    {
        try
        {
            End(isComplete);
        }
        catch (Exception exception)
        {
            _source.Fail(exception);
            throw;
        }
        finally
        {
            await _source.DisposeAsync().ConfigureAwait(false);
            Volatile.Write(ref _state, (int)State.Ended);
            await _source.BookAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<StreamPiece> NextAsync(bool textOnly, CancellationToken cancellationToken)
    {
        try
        {
            return await _source.NextAsync(textOnly, cancellationToken).ConfigureAwait(false);
        }
        catch (CCApiException exception)
        {
            Complete(exception);
            throw;
        }
    }

    /// <summary>Adds what is known of the response to an exception, once there is a response.</summary>
    private void Complete(CCApiException? exception)
    {
        if (exception is null || _source.Info is not { } info)
        {
            return;
        }

        exception.PartialResponse ??= Partial();
        exception.Cost = _source.CostOf(exception.PartialResponse);
        exception.StatusCode ??= info.StatusCode;
        exception.Headers ??= info.Headers;
        exception.RequestId ??= info.RequestId;
        exception.Attempts = exception.Attempts.Count > 0 ? exception.Attempts : info.Attempts;
    }

    private ChatCompletionResponse Partial()
    {
        lock (_assembler)
        {
            var partial = _assembler.ToResponse(isTruncated: true);
            partial.Info = Info;

            return partial;
        }
    }
}
