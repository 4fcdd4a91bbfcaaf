using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Tests.Common;

public class TimeProviderExtensionsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Wait_OnAClock_EndsWhenItSays()
    {
        var waiting = _time.Wait(TimeSpan.FromSeconds(2), CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(1.9));
        var early = waiting.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await waiting;

        Assert.False(early);
    }

    [Fact]
    public async Task Wait_Cancelled_EndsWithTheToken()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _time.Wait(TimeSpan.FromSeconds(2), cancellation.Token);

        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task OrCanceled_OfATaskThatEnds_GivesItsResult() => Assert.Equal(3, await Task.FromResult(3).OrCanceled(CancellationToken.None));

    [Fact]
    public async Task OrCanceled_Canceled_EndsWithTheTokenAndLeavesTheTask()
    {
        using var cancellation = new CancellationTokenSource();
        var task = new TaskCompletionSource<int>();
        var waiting = task.Task.OrCanceled(cancellation.Token);

        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.False(task.Task.IsCompleted);
    }
}
