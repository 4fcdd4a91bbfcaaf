using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// A streamed chat completion. Nothing is sent until it is enumerated, read as text, or asked for its response; each stream can be read once, by one reader at a
/// time. Leaving the loop or disposing closes the connection.
/// </summary>
/// <remarks>
/// A body that just ends is no exception: the enumeration ends, and <see cref="ChatCompletionResponse.IsTruncated"/> says so. There is no retry once the stream has
/// begun. An exception on the way carries what had arrived in <see cref="CCApiException.PartialResponse"/>.
/// </remarks>
public sealed partial class StreamingChatCompletion : IAsyncEnumerable<ChatCompletionChunk>, IAsyncDisposable
{
    private readonly IChunkSource _source;
    private readonly ChatAssembler _assembler = new();

    // Disposing may come from another thread than reading.
    private readonly object _gate = new();
    private int _state;
    private ChatCompletionResponse? _response;

    // Of the text that ended the reasoning.
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

    /// <summary>How the answer came; null until its headers have.</summary>
    public CCApiResponseInfo? Info => _source.Info;

    /// <summary>The answer so far, put together; marked as truncated until it is whole. It may be asked for at any time, also while the stream is read; each time makes a new one.</summary>
    public ChatCompletionResponse Snapshot
    {
        get
        {
            lock (_gate)
            {
                return _response ?? Partial();
            }
        }
    }

    /// <summary>The time from the start of the call, with its retries, to the first piece of text, of reasoning or of a tool call; null until then.</summary>
    public TimeSpan? TimeToFirstToken { get; private set; }

    /// <summary>A stream of chunks that were made by hand, for fakes and tests.</summary>
    /// <param name="chunks">The chunks. They are enumerated once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="chunks"/> is null.</exception>
    public static StreamingChatCompletion FromChunks(IAsyncEnumerable<ChatCompletionChunk> chunks) =>
        new(new FakeChunkSource(chunks ?? throw new ArgumentNullException(nameof(chunks))));

    /// <summary>The chunks as they arrive. The request is sent when the first one is asked for.</summary>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    public IAsyncEnumerator<ChatCompletionChunk> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        ReadChunksAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);

    /// <summary>The chunks, awaited as told. (The platform's extension of this name exists for enumerating and for disposing, so it could not be called.)</summary>
    /// <param name="continueOnCapturedContext">Whether to come back to the caller's context after each chunk.</param>
    public ConfiguredCancelableAsyncEnumerable<ChatCompletionChunk> ConfigureAwait(bool continueOnCapturedContext) =>
        ((IAsyncEnumerable<ChatCompletionChunk>)this).ConfigureAwait(continueOnCapturedContext);

    /// <summary>
    /// The whole answer. Unread, the stream is read to its end; after a finished loop, this is what it saw, put together; after an abandoned loop, what had arrived,
    /// marked as truncated.
    /// </summary>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The stream is still being read.</exception>
    public async Task<ChatCompletionResponse> GetResponseAsync(CancellationToken cancellationToken = default)
    {
        if (TryBegin(State.New) || TryBegin(State.Paused))
        {
            await ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }

        return Volatile.Read(ref _state) == (int)State.Ended ? _response! : throw new InvalidOperationException("The stream is still being read: leave the loop first.");
    }

    /// <summary>Closes the connection. What had arrived stays available from <see cref="GetResponseAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        End(isComplete: false);
    }

    private bool TryBegin(State from) => Interlocked.CompareExchange(ref _state, (int)State.Reading, (int)from) == (int)from;

    private void Begin()
    {
        if (!TryBegin(State.New))
        {
            throw new InvalidOperationException("A stream can be read once: call StreamAsync again, or use GetResponseAsync for what was read.");
        }
    }

    private void End(bool isComplete)
    {
        lock (_gate)
        {
            if (_response is null)
            {
                // Once every choice has its finish reason, nothing that matters can be missing, wherever the body ends.
                var isFinished = _assembler.IsFinished || (_source.SawEndMark && !_source.IsCut);
                _response = _assembler.ToResponse(isTruncated: !isComplete || !isFinished);
                _response.Info = _source.Info;
            }
        }

        Volatile.Write(ref _state, (int)State.Ended);
    }

    private string? Add(in StreamPiece piece)
    {
        lock (_gate)
        {
            var text = _assembler.Add(piece);
            if (TimeToFirstToken is null && (text is not null || _assembler.AddedReasoning is not null || _assembler.AddedToolCalls is not null))
            {
                TimeToFirstToken = _source.Elapsed;
            }

            return text;
        }
    }

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

    private async IAsyncEnumerable<ChatCompletionChunk> ReadChunksAsync([EnumeratorCancellation] CancellationToken cancellationToken)
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
        await _source.DisposeAsync().ConfigureAwait(false);
        End(isComplete);
    }

    private async ValueTask<StreamPiece> NextAsync(bool textOnly, CancellationToken cancellationToken)
    {
        try
        {
            return await _source.NextAsync(textOnly, cancellationToken).ConfigureAwait(false);
        }
        catch (CCApiException exception)
        {
            if (_source.Info is { } info)
            {
                exception.PartialResponse ??= Partial();
                exception.StatusCode ??= info.StatusCode;
                exception.Headers ??= info.Headers;
                exception.RequestId ??= info.RequestId;
                exception.Attempts = exception.Attempts.Count > 0 ? exception.Attempts : info.Attempts;
            }

            throw;
        }
    }

    private ChatCompletionResponse Partial()
    {
        lock (_gate)
        {
            var partial = _assembler.ToResponse(isTruncated: true);
            partial.Info = _source.Info;
            return partial;
        }
    }
}
