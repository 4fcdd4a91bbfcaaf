using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Emulator.Tests.Control;

public class EmulatorClockTests
{
    private readonly FakeTimeProvider _inner = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Advance_TimeAndTimestamp_MoveAlike()
    {
        var clock = new EmulatorClock(_inner);
        var start = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromMinutes(5));
        _inner.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(DateTimeOffset.UnixEpoch.AddMinutes(6), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(6), clock.GetElapsedTime(start));
    }

    [Fact]
    public void Advance_PastATimer_FiresItOnce()
    {
        var clock = new EmulatorClock(_inner);
        var fired = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow()), state: null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(fired);
        clock.Advance(TimeSpan.FromMinutes(1));
        _inner.Advance(TimeSpan.FromTicks(1));
        clock.Advance(TimeSpan.FromHours(5));
        _inner.Advance(TimeSpan.FromHours(5));

        Assert.Single(fired);
    }

    [Fact]
    public void CreateTimer_WithAPeriod_FiresEachTime()
    {
        var clock = new EmulatorClock(_inner);
        var count = 0;
        using var timer = clock.CreateTimer(_ => count++, state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        _inner.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(3, count);
    }

    [Fact]
    public async Task Delay_AfterAnAdvance_Ends()
    {
        var clock = new EmulatorClock(_inner);
        var delay = Task.Delay(TimeSpan.FromDays(1), clock, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromDays(1));
        _inner.Advance(TimeSpan.FromTicks(1));

        await delay;
    }

    [Fact]
    public void Advance_Backwards_IsRejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmulatorClock(_inner).Advance(TimeSpan.FromTicks(-1)));
}
