using System;
using System.Threading;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public sealed class DownloadBudgetTests : IDisposable
{
    private static readonly TimeSpan _idle = TimeSpan.FromSeconds(60);

    private readonly TestClock _clock = new();
    private readonly CallClock _call;

    public DownloadBudgetTests() => _call = new CallClock(_clock, Timeout.InfiniteTimeSpan, start: null, CancellationToken.None);

    public void Dispose() => _call.Dispose();

    [Fact]
    public void Enter_WhenTheIdleBudgetIsNearer_EndsWithThat()
    {
        new DownloadBudget(TimeSpan.FromMinutes(2)).Enter(_call, _idle);

        _clock.Advance(_idle);

        Assert.Equal((CCApiTimeoutKind.Idle, _idle), (_call.Expired, _call.Limit));
    }

    [Fact]
    public void Enter_OfAnotherSilence_EndsWithItsName()
    {
        new DownloadBudget(TimeSpan.FromMinutes(2)).Enter(_call, _idle, CCApiTimeoutKind.FirstChunk);

        _clock.Advance(_idle);

        Assert.Equal((CCApiTimeoutKind.FirstChunk, _idle), (_call.Expired, _call.Limit));
    }

    [Fact]
    public void Enter_WhenLittleIsLeft_EndsWithTheWholeBudget()
    {
        var budget = new DownloadBudget(TimeSpan.FromMinutes(2));
        budget.Spend(TimeSpan.FromSeconds(100));

        budget.Enter(_call, _idle);
        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal((CCApiTimeoutKind.Download, TimeSpan.FromMinutes(2)), (_call.Expired, _call.Limit));
    }

    [Fact]
    public void Enter_WhenNothingIsLeft_EndsAtOnce()
    {
        var budget = new DownloadBudget(TimeSpan.FromMinutes(2));
        budget.Spend(TimeSpan.FromMinutes(3));

        budget.Enter(_call, _idle);
        _clock.Advance(TimeSpan.Zero);

        Assert.Equal(CCApiTimeoutKind.Download, _call.Expired);
    }

    [Fact]
    public void Enter_WithoutALimit_NeverEnds()
    {
        var budget = new DownloadBudget(Timeout.InfiniteTimeSpan);
        budget.Spend(TimeSpan.FromDays(1));

        budget.Enter(_call, Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(CCApiTimeoutKind.None, _call.Expired);
    }

    [Fact]
    public void Left_OfABudget_GoesDownToZero()
    {
        var budget = new DownloadBudget(_idle);
        var endless = new DownloadBudget(Timeout.InfiniteTimeSpan);
        var before = budget.Left;
        budget.Spend(TimeSpan.FromSeconds(59));
        endless.Spend(TimeSpan.FromSeconds(59));
        var after = budget.Left;
        budget.Spend(_idle);

        Assert.Equal((_idle, TimeSpan.FromSeconds(1), TimeSpan.Zero, TimeSpan.MaxValue), (before, after, budget.Left, endless.Left));
    }

    [Fact]
    public void Enter_WhenBothAreAsNear_EndsWithTheWholeBudget()
    {
        new DownloadBudget(_idle).Enter(_call, _idle);

        _clock.Advance(_idle);

        Assert.Equal((CCApiTimeoutKind.Download, _idle), (_call.Expired, _call.Limit));
    }
}
