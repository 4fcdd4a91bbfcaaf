using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.WireMockTests.IgnoredTokens;

/// <summary>Where code waits in one of several passes, whatever its token, until the test releases it.</summary>
/// <param name="pass">The pass that waits; the others go through.</param>
internal sealed class Stall(int pass)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isArmed;
    private int _passes;

    public Task Reached => Patience.Wait(_reached.Task);

    /// <summary>Ends when the code that waited has ended.</summary>
    public Task Ended => Patience.Wait(_ended.Task);

    /// <summary>Counts passes from here on.</summary>
    public void Arm() => _isArmed = true;

    public void Release() => _open.TrySetResult();

    /// <summary>Runs code that goes through here.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> code)
    {
        if (!_isArmed || Interlocked.Increment(ref _passes) != pass)
        {
            return await code();
        }

        try
        {
            _reached.TrySetResult();
            await _open.Task;

            return await code();
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    public Task WaitAsync() => RunAsync(() => Task.FromResult(true));
}
