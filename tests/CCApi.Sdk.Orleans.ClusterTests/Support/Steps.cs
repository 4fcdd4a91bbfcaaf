using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Orleans.ClusterTests.Support;

/// <summary>Holds up what passes, until a test lets one after another go.</summary>
internal sealed class Steps
{
    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource> _waiting = [];

    public Task PassAsync()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add(source);
        }

        return source.Task;
    }

    /// <summary>Waits until as many have arrived, those that were let go included.</summary>
    public async Task WaitForAsync(int count)
    {
        using var patience = new CancellationTokenSource(TestFleet.Patience);
        while (CountArrived() < count)
        {
            await Task.Delay(5, patience.Token);
        }
    }

    /// <summary>Lets all go that have arrived.</summary>
    public void ReleaseAll()
    {
        for (var i = 0; i < CountArrived(); i++)
        {
            Release(i);
        }
    }

    /// <summary>Lets one go, in the order of their arrival.</summary>
    public void Release(int index)
    {
        lock (_gate)
        {
            _waiting[index].SetResult();
        }
    }

    private int CountArrived()
    {
        lock (_gate)
        {
            return _waiting.Count;
        }
    }
}
