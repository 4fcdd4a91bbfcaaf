using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Chunks that ignore their token, wait at a gate if there is one, and count how they are used.</summary>
internal sealed class ScriptedChunks(params ChatCompletionChunk[] chunks) : IAsyncEnumerable<ChatCompletionChunk>, IAsyncEnumerator<ChatCompletionChunk>
{
    private int _next;

    public TaskCompletionSource<bool>? Gate { get; init; }

    public int Enumerations { get; private set; }

    public int Disposals { get; private set; }

    public ChatCompletionChunk Current => chunks[_next - 1];

    public IAsyncEnumerator<ChatCompletionChunk> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        Enumerations++;
        return this;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        if (Gate is not null)
        {
            await Gate.Task;
        }

        return _next++ < chunks.Length;
    }

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return default;
    }
}
