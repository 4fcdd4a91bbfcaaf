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

    public FakeChunkSource(IAsyncEnumerable<ChatCompletionChunk> chunks) => _chunks = chunks;

    public CCApiResponseInfo? Info => null;

    public bool SawEndMark => false;

    public bool IsCut => false;

    public async ValueTask<ChatCompletionChunk?> NextAsync(CancellationToken cancellationToken)
    {
        _enumerator ??= _chunks.GetAsyncEnumerator(cancellationToken);
        return await _enumerator.MoveNextAsync().ConfigureAwait(false) ? _enumerator.Current : null;
    }

    public ValueTask DisposeAsync() => _enumerator?.DisposeAsync() ?? default;
}
