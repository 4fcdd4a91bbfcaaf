using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests;

public class WebhookRoundsTests
{
    private readonly WebhookRounds _rounds = new(maxRounds: 3);
    private readonly TaskCompletionSource<int> _first = new();
    private int _handled;

    [Fact]
    public async Task Run_OfManyWebhooksOfOneJob_HandlesItTwice()
    {
        var first = _rounds.RunAsync("a", HandleFirst, CancellationToken.None);
        var others = Enumerable.Range(0, 2000).Select(_ => _rounds.RunAsync("a", () => Handle(404), CancellationToken.None)).ToArray();
        var before = _handled;
        _first.SetResult(200);

        var statuses = await Task.WhenAll(others);

        Assert.Equal((200, 1, 2), (await first, before, _handled));
        Assert.All(statuses, status => Assert.Equal(404, status));
    }

    [Fact]
    public async Task Run_OneAfterTheOther_HandlesEach()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, await _rounds.RunAsync("a", () => Handle(200), CancellationToken.None));
        }

        Assert.Equal(5, _handled);
    }

    [Fact]
    public async Task Run_OfOtherJobs_DoesNotWait()
    {
        var first = _rounds.RunAsync("a", HandleFirst, CancellationToken.None);

        var other = await _rounds.RunAsync("b", () => Handle(200), CancellationToken.None);
        _first.SetResult(500);

        Assert.Equal((200, 500), (other, await first));
    }

    [Fact]
    public async Task Run_OfMoreRoundsThanMayWait_IsNull()
    {
        var running = new[] { "a", "b", "c" }.Select(id => _rounds.RunAsync(id, HandleFirst, CancellationToken.None)).ToArray();

        var tooMany = await _rounds.RunAsync("d", () => Handle(200), CancellationToken.None);
        var tooManyOfOne = await _rounds.RunAsync("a", () => Handle(200), CancellationToken.None);
        _first.SetResult(200);
        await Task.WhenAll(running);
        var afterwards = await _rounds.RunAsync("d", () => Handle(200), CancellationToken.None);

        Assert.Equal((null, null, 200), (tooMany, tooManyOfOne, afterwards));
    }

    [Fact]
    public async Task Run_WhoseLeaderHangsUp_IsLedByAnother()
    {
        using var hangUp = new CancellationTokenSource();
        var leader = _rounds.RunAsync("a", () => _first.Task.WaitAsync(hangUp.Token), hangUp.Token);
        using var secondHangUp = new CancellationTokenSource();
        var second = _rounds.RunAsync("a", () => Handle(1), secondHangUp.Token);
        var third = _rounds.RunAsync("a", () => Handle(200), CancellationToken.None);
        await secondHangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        Assert.Equal(200, await third);
        Assert.Equal(1, _handled);
    }

    [Fact]
    public async Task Run_WhoseHandlingThrows_ThrowsForItsLeaderOnly()
    {
        var leader = _rounds.RunAsync("a", () => _first.Task, CancellationToken.None);
        var follower = _rounds.RunAsync("a", () => Handle(200), CancellationToken.None);
        _first.SetException(new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => leader);
        Assert.Equal(200, await follower);
    }

    [Fact]
    public async Task Run_WhoseTimeEndsWhileAnotherIsHandled_Ends()
    {
        using var time = new CancellationTokenSource();
        var first = _rounds.RunAsync("a", HandleFirst, CancellationToken.None);
        var second = _rounds.RunAsync("a", () => Handle(200), time.Token);
        var third = _rounds.RunAsync("a", () => Handle(200), CancellationToken.None);
        await time.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);
        _first.SetResult(500);
        Assert.Equal((500, 200, 2), (await first, await third, _handled));
    }

    private Task<int> Handle(int status)
    {
        Interlocked.Increment(ref _handled);
        return Task.FromResult(status);
    }

    private Task<int> HandleFirst()
    {
        Interlocked.Increment(ref _handled);
        return _first.Task;
    }
}
