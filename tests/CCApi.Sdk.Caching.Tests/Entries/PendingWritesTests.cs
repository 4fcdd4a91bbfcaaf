using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Caching.Tests.Support;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Caching.Tests.Entries;

public class PendingWritesTests
{
    private static readonly TimeSpan _longestRead = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longestWrite = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);
    private static readonly DistributedCacheEntryOptions _options = new();

    private readonly FakeTimeProvider _time = new();
    private readonly HangingCache _hanging = new();

    [Fact]
    public async Task GetAsync_OfACacheThatDoesNotRespond_LeavesItAloneForAMinute()
    {
        var writes = new PendingWrites(_hanging, _time);

        var first = writes.GetAsync("a");
        _time.Advance(_longestRead);
        await AssertTimedOutAsync(first);
        _time.Advance(_pause - TimeSpan.FromSeconds(1));
        var paused = writes.GetAsync("b");
        _time.Advance(TimeSpan.FromSeconds(1));
        var next = writes.GetAsync("c");

        Assert.Null(await Patience.Wait(paused));
        Assert.False(next.IsCompleted);
        _hanging.Release();
        Assert.Null(await Patience.Wait(next));
    }

    [Fact]
    public async Task SetAsync_OfACacheThatDoesNotRespond_WritesNothingForAMinute()
    {
        var writes = new PendingWrites(_hanging, _time);
        writes.Expect("a");
        writes.Expect("b");

        var first = writes.SetAsync("a", [1], _options);
        _time.Advance(_longestWrite);
        await AssertTimedOutAsync(first);
        await Patience.Wait(writes.SetAsync("b", [1], _options));

        await Patience.Wait(writes.WaitAsync());
        Assert.Null(await Patience.Wait(writes.GetAsync("a")));
    }

    /// <summary>A caller with little time does not decide for the others: the cache may still respond.</summary>
    [Fact]
    public async Task GetAsync_OfALimitedRead_EndsWithoutAPause()
    {
        var writes = new PendingWrites(_hanging, _time);
        Task<byte[]?> limited;

        using (writes.LimitRead("a", TimeSpan.FromSeconds(1)))
        {
            limited = writes.GetAsync("a");
            _time.Advance(TimeSpan.FromSeconds(1));
            await AssertTimedOutAsync(limited);
        }

        var unlimited = writes.GetAsync("a");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(unlimited.IsCompleted);
        _hanging.Release();
        Assert.Null(await Patience.Wait(unlimited));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    [InlineData(300)]
    public void LimitRead_OfMoreThanTheUsualWait_IsNone(int? seconds)
    {
        var writes = new PendingWrites(_hanging, _time);
        TimeSpan? limit = seconds is { } count ? TimeSpan.FromSeconds(count) : null;

        Assert.Null(writes.LimitRead("a", limit));
    }

    /// <summary>Callers of one entry share its read: the most eager one decides, in any order and until it leaves.</summary>
    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 1)]
    public async Task GetAsync_OfTwoLimits_EndsWithTheShorterOne(int first, int second)
    {
        var writes = new PendingWrites(_hanging, _time);
        using var one = writes.LimitRead("a", TimeSpan.FromSeconds(first));
        using var other = writes.LimitRead("a", TimeSpan.FromSeconds(second));

        var read = writes.GetAsync("a");
        _time.Advance(TimeSpan.FromSeconds(1));

        await AssertTimedOutAsync(read);
    }

    [Fact]
    public async Task GetAsync_WhenOneOfTwoLimitsWasRemoved_EndsWithTheOther()
    {
        var writes = new PendingWrites(_hanging, _time);
        using var kept = writes.LimitRead("a", TimeSpan.FromSeconds(2));
        writes.LimitRead("a", TimeSpan.FromSeconds(1))!.Dispose();

        var read = writes.GetAsync("a");
        _time.Advance(TimeSpan.FromSeconds(1));
        var isEarly = read.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(isEarly);
        await AssertTimedOutAsync(read);
    }

    [Fact]
    public async Task GetAsync_OfALimitThatBeginsDuringTheRead_EndsWithIt()
    {
        var writes = new PendingWrites(_hanging, _time);

        var read = writes.GetAsync("a");
        using var limit = writes.LimitRead("a", TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));

        await AssertTimedOutAsync(read);
    }

    [Fact]
    public async Task GetAsync_WhenTheLimitedCallerHasLeft_WaitsAsLongAsUsual()
    {
        var writes = new PendingWrites(_hanging, _time);
        Task<byte[]?> read;

        using (writes.LimitRead("a", TimeSpan.FromSeconds(1)))
        {
            read = writes.GetAsync("a");
        }

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(read.IsCompleted);
        _hanging.Release();
        Assert.Null(await Patience.Wait(read));
    }

    [Fact]
    public async Task GetAsync_OfACacheThatIsDown_ThrowsEachTime()
    {
        var writes = new PendingWrites(new BrokenCache(), _time);

        await Assert.ThrowsAsync<IOException>(() => writes.GetAsync("a"));
        await Assert.ThrowsAsync<IOException>(() => writes.GetAsync("a"));
    }

    [Fact]
    public async Task WaitAsync_ForAWriteThatDoesNotEnd_EndsByTheClock()
    {
        var writes = new PendingWrites(_hanging, _time);
        writes.Expect("a");

        var wait = writes.WaitAsync();
        _time.Advance(_longestWrite - TimeSpan.FromSeconds(1));
        var isEarly = wait.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(isEarly);
        await Patience.Wait(wait);
    }

    /// <summary>What could not be serialized is never written.</summary>
    [Fact]
    public async Task WaitAsync_ForAWriteThatNeverBegan_DoesNotWaitLongAfter()
    {
        var writes = new PendingWrites(_hanging, _time);
        writes.Expect("a");
        _time.Advance(_longestWrite);

        await Patience.Wait(writes.WaitAsync());
    }

    [Fact]
    public async Task SetAsync_WhenTheCallersCancel_WritesWhatTheyPaidFor()
    {
        using var folder = new TemporaryFolder();
        var files = new FileCache(folder.Root);
        var writes = new PendingWrites(files, _time);

        await Patience.Wait(writes.SetAsync("a", [1], _options, new CancellationToken(canceled: true)));

        Assert.Equal([1], files.Get("a"));
    }

    [Fact]
    public async Task SetAsync_OfACacheThatBlocks_EndsByTheClock()
    {
        var time = new TestClock();
        var blocking = new HangingCache { BlocksWrites = true };
        var writes = new PendingWrites(blocking, time);

        var write = Task.Run(() => writes.SetAsync("a", [1], _options));
        await time.Pass(_longestWrite);

        await AssertTimedOutAsync(write);
        blocking.Release();
    }

    /// <summary>The patience of a test that hangs is a time-out, too.</summary>
    private static async Task AssertTimedOutAsync(Task operation)
    {
        await Patience.Wait(Task.WhenAny(operation));
        await Assert.ThrowsAsync<TimeoutException>(() => operation);
    }
}
