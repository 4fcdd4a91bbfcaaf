using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Chunks that a test made.</summary>
internal sealed class FakeChunkSource : IChunkSource
{
    private readonly IAsyncEnumerable<ChatCompletionChunk> _chunks;
    private IAsyncEnumerator<ChatCompletionChunk>? _enumerator;
    private volatile bool _isReading;

    public FakeChunkSource(IAsyncEnumerable<ChatCompletionChunk> chunks) => _chunks = chunks;

    public CCApiResponseInfo? Info => null;

    public TimeSpan? Elapsed => null;

    public bool SawEndMark => false;

    public bool IsCut => false;

    public async ValueTask<StreamPiece> NextAsync(bool textOnly, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _enumerator ??= _chunks.GetAsyncEnumerator(cancellationToken);
        _isReading = true;

        try
        {
            return await _enumerator.MoveNextAsync().ConfigureAwait(false) ? StreamPiece.Of(_enumerator.Current) : default;
        }
        finally
        {
            _isReading = false;
        }
    }

    public CCApiCost? CostOf(ChatCompletionResponse received) => null;

    public ValueTask BookAsync() => default;

    public void Fail(Exception exception)
    {
    }

    public void End(ChatCompletionResponse response)
    {
    }

    public ValueTask DisposeAsync()
    {
        // An enumerator that waits for its next chunk must not be disposed of; the caller that waits does it afterwards.
        if (_isReading || _enumerator is not { } enumerator)
        {
            return default;
        }

        _enumerator = null;

        return enumerator.DisposeAsync();
    }
}
