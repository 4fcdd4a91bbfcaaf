using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.Orleans;

/// <summary>One write for all changes that wait: changes during a write share the next one.</summary>
/// <param name="write">Writes what was changed before it began.</param>
/// <remarks>Not thread-safe: it runs on the scheduler of its grain.</remarks>
internal sealed class GroupCommit(Func<Task> write)
{
    private TaskCompletionSource? _next;
    private bool _isWriting;

    /// <summary>Completes when a write that began after this call has ended.</summary>
    /// <exception cref="Exception">It failed.</exception>
    public Task CommitAsync()
    {
        _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = _next.Task;
        if (!_isWriting)
        {
            _ = WriteAsync();
        }

        return waiting;
    }

    private async Task WriteAsync()
    {
        _isWriting = true;
        while (_next is { } batch)
        {
            _next = null;
            try
            {
                await write().ConfigureAwait(true);
                batch.SetResult();
            }
#pragma warning disable CA1031 // It is thrown to those who wait.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                batch.SetException(exception);
            }
        }

        _isWriting = false;
    }
}
