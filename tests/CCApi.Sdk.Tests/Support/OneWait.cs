using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Of all places where a call may have to wait, the one where it really does. At the others it goes on at once.</summary>
/// <param name="place">The number of the place; 1 for the first that the call comes to.</param>
internal sealed class OneWait(int place)
{
    private readonly TaskCompletionSource<bool> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _places;

    /// <summary>Completes when the call waits.</summary>
    public Task Reached => _reached.Task;

    public void Open() => _open.TrySetResult(true);

    /// <summary>A place where the call may have to wait.</summary>
    public Task PassAsync()
    {
        if (Interlocked.Increment(ref _places) != place)
        {
            return Task.CompletedTask;
        }

        _reached.TrySetResult(true);
        return _open.Task;
    }
}
