using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using NSubstitute;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Calls;

public class CallClockTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly TestClock _clock = new();

    [Theory]
    [InlineData(CCApiTimeoutKind.Attempt)]
    [InlineData(CCApiTimeoutKind.FirstChunk)]
    [InlineData(CCApiTimeoutKind.Idle)]
    public void Enter_OfAPhaseThatTakesTooLong_EndsWithItsKindAndLimit(CCApiTimeoutKind phase)
    {
        using var clock = Create(_minute);
        clock.Enter(phase, TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(1.999));
        Assert.False(clock.Token.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(0.001));

        Assert.True(clock.Token.IsCancellationRequested);
        Assert.Equal(phase, clock.Expired);
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Limit);
    }

    [Fact]
    public void Total_ThatRunsOut_WinsOverThePhase()
    {
        using var clock = Create(_second);
        clock.Enter(CCApiTimeoutKind.Attempt, _second);

        _clock.Advance(_second);

        Assert.True(clock.Token.IsCancellationRequested);
        Assert.Equal(CCApiTimeoutKind.Total, clock.Expired);
        Assert.Equal(_second, clock.Limit);
        Assert.Equal(TimeSpan.Zero, clock.Remaining);
    }

    [Fact]
    public void Limit_AfterTheTimeRanOut_StaysThatOfThePhaseThatEnded()
    {
        using var clock = Create(_minute);
        clock.Enter(CCApiTimeoutKind.Attempt, _second);
        _clock.Advance(_second);

        clock.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(5));

        Assert.Equal(CCApiTimeoutKind.Attempt, clock.Expired);
        Assert.Equal(_second, clock.Limit);
    }

    [Fact]
    public void Enter_AgainAndAgain_RenewsTheBudget()
    {
        using var clock = Create(_minute);

        for (var i = 0; i < 20; i++)
        {
            clock.Enter(CCApiTimeoutKind.Idle, _second);
            _clock.Advance(TimeSpan.FromSeconds(0.9));
        }

        Assert.False(clock.Token.IsCancellationRequested);
        Assert.Equal(CCApiTimeoutKind.None, clock.Expired);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(CCApiTimeoutKind.Idle, clock.Expired);
    }

    [Fact]
    public void Enter_OfLaterDeadlines_SetsNoTimerEachTime()
    {
        using var clock = Create(_minute);

        for (var i = 0; i < 100; i++)
        {
            clock.Enter(CCApiTimeoutKind.Idle, _second);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Single(_clock.Waits);
    }

    [Fact]
    public void Enter_OfAShorterPhase_EndsEarlier()
    {
        using var clock = Create(_minute);
        clock.Enter(CCApiTimeoutKind.Attempt, TimeSpan.FromSeconds(30));

        clock.Enter(CCApiTimeoutKind.Idle, _second);
        _clock.Advance(_second);

        Assert.Equal(CCApiTimeoutKind.Idle, clock.Expired);
    }

    [Fact]
    public void EndTotal_OfAStream_LeavesThePhaseOnly()
    {
        using var clock = Create(TimeSpan.FromSeconds(5));
        clock.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(10));

        clock.EndTotal();
        _clock.Advance(TimeSpan.FromSeconds(9));

        Assert.False(clock.Token.IsCancellationRequested);
        Assert.Equal(TimeSpan.MaxValue, clock.Remaining);
        _clock.Advance(_second);
        Assert.Equal(CCApiTimeoutKind.Idle, clock.Expired);
    }

    [Fact]
    public void Enter_OfEndlessBudgets_NeverEndsAndSetsNoTimer()
    {
        using var clock = Create(Timeout.InfiniteTimeSpan);
        clock.Enter(CCApiTimeoutKind.Attempt, Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromDays(365));

        Assert.False(clock.Token.IsCancellationRequested);
        Assert.Equal(TimeSpan.MaxValue, clock.Remaining);
        Assert.Empty(_clock.Waits);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10_000)]
    public void Enter_OfALongBudget_EndsOnTimeThoughTimersHoldLess(int days)
    {
        using var clock = Create(TimeSpan.MaxValue);
        clock.Enter(CCApiTimeoutKind.Attempt, TimeSpan.FromDays(days));

        _clock.Advance(TimeSpan.FromDays(days) - _second);
        Assert.Equal(CCApiTimeoutKind.None, clock.Expired);
        _clock.Advance(_second);

        Assert.Equal(CCApiTimeoutKind.Attempt, clock.Expired);
        Assert.All(_clock.Waits, wait => Assert.True(wait <= TimeSpan.FromDays(45)));
    }

    [Fact]
    public void Remaining_OfATotal_GoesDownToZero()
    {
        using var clock = Create(TimeSpan.FromSeconds(3));

        _clock.Advance(_second);
        var afterOne = clock.Remaining;
        _clock.Advance(_minute);

        Assert.Equal(TimeSpan.FromSeconds(2), afterOne);
        Assert.Equal(TimeSpan.Zero, clock.Remaining);
        Assert.Equal(TimeSpan.FromSeconds(61), clock.Elapsed);
    }

    [Fact]
    public void Renew_AfterAnAttemptEnded_GivesAFreshToken()
    {
        using var clock = Create(_minute);
        clock.Enter(CCApiTimeoutKind.Attempt, _second);
        _clock.Advance(_second);

        clock.Renew();
        clock.Enter(CCApiTimeoutKind.Attempt, _second);

        Assert.False(clock.Token.IsCancellationRequested);
        Assert.Equal(CCApiTimeoutKind.None, clock.Expired);
        _clock.Advance(_second);
        Assert.Equal(CCApiTimeoutKind.Attempt, clock.Expired);
        Assert.True(clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renew_AfterAnAttemptEnded_KeepsTheTotal()
    {
        using var clock = Create(TimeSpan.FromSeconds(3));
        clock.Enter(CCApiTimeoutKind.Attempt, _second);
        _clock.Advance(_second);

        clock.Renew();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(CCApiTimeoutKind.Total, clock.Expired);
        Assert.True(clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renew_AfterTheTotalEnded_DoesNotGiveTimeBack()
    {
        using var clock = Create(_second);
        clock.Enter(CCApiTimeoutKind.Attempt, _minute);
        _clock.Advance(_second);

        clock.Renew();

        Assert.Equal(CCApiTimeoutKind.Total, clock.Expired);
        Assert.True(clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renew_WhileNothingEnded_KeepsTheToken()
    {
        using var clock = Create(_minute);
        clock.Enter(CCApiTimeoutKind.Attempt, _second);
        var token = clock.Token;

        clock.Renew();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(token, clock.Token);
        Assert.False(clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void Cancel_ByTheCaller_IsNotATimeout()
    {
        using var caller = new CancellationTokenSource();
        using var clock = Create(_minute, caller.Token);
        clock.Enter(CCApiTimeoutKind.Attempt, _second);

        caller.Cancel();

        Assert.True(clock.Token.IsCancellationRequested);
        Assert.Equal(CCApiTimeoutKind.None, clock.Expired);
        Assert.Equal(caller.Token, clock.Caller);
    }

    [Fact]
    public void Timeout_OfTheClient_IsNotACancellationByTheCaller()
    {
        using var caller = new CancellationTokenSource();
        using var clock = Create(_minute, caller.Token);
        clock.Enter(CCApiTimeoutKind.Attempt, _second);

        _clock.Advance(_second);

        Assert.False(clock.Caller.IsCancellationRequested);
    }

    [Fact]
    public void Renew_AfterTheCallerCanceled_StaysCanceled()
    {
        using var caller = new CancellationTokenSource();
        using var clock = Create(_minute, caller.Token);
        clock.Enter(CCApiTimeoutKind.Attempt, _second);
        _clock.Advance(_second);
        caller.Cancel();

        clock.Renew();

        Assert.True(clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renew_AfterAPhaseWasEnteredOnAnExpiredBudget_StillEndsTheNextPhase()
    {
        using var clock = Create(TimeSpan.FromSeconds(4));
        clock.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(0.2));
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        // A read that ignores its token returns late, and the next read enters the phase again before the clock is renewed.
        clock.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(0.2));
        _clock.Advance(TimeSpan.FromSeconds(0.3));
        clock.Renew();
        clock.Enter(CCApiTimeoutKind.Attempt, _second);
        _clock.Advance(_second);

        Assert.Equal(CCApiTimeoutKind.Attempt, clock.Expired);
        Assert.True(clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renew_AfterAPhaseWasEnteredOnAnExpiredBudget_StillEndsTheTotal()
    {
        using var clock = Create(TimeSpan.FromSeconds(4));
        clock.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(0.2));
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        clock.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(0.2));
        _clock.Advance(TimeSpan.FromSeconds(0.3));

        clock.Renew();
        _clock.Advance(TimeSpan.FromSeconds(3.5));

        Assert.Equal(CCApiTimeoutKind.Total, clock.Expired);
    }

    [Fact]
    public void Dispose_BeforeTheTimeRunsOut_EndsNothing()
    {
        var clock = Create(_minute);
        clock.Enter(CCApiTimeoutKind.Attempt, _second);
        var token = clock.Token;

        clock.Dispose();
        clock.Dispose();
        _clock.Advance(_minute);

        Assert.False(token.IsCancellationRequested);
        Assert.Equal(CCApiTimeoutKind.None, clock.Expired);
    }

    [Fact]
    public void Dispose_OfABudget_LeavesNoTimerAndNoTieToTheCaller()
    {
        using var caller = new CancellationTokenSource();
        var clock = Create(_minute, caller.Token);
        clock.Enter(CCApiTimeoutKind.Attempt, _second);

        clock.Dispose();

        Assert.Equal(0, _clock.Timers);
        Assert.Throws<ObjectDisposedException>(() => clock.Token);
    }

    [Fact]
    public void Renew_AfterAnAttemptEnded_LeavesNoTieToTheCaller()
    {
        using var clock = Create(_minute);
        clock.Enter(CCApiTimeoutKind.Attempt, _second);
        var ended = clock.Token;
        _clock.Advance(_second);

        clock.Renew();

        Assert.Throws<ObjectDisposedException>(() => ended.WaitHandle);
    }

    [Fact]
    public void Timer_ThatFiresAsTheCallEnds_EndsNothing()
    {
        var time = new LateClock();
        var clock = new CallClock(time, _minute, start: null, CancellationToken.None);
        clock.Enter(CCApiTimeoutKind.Attempt, TimeSpan.Zero);

        clock.Dispose();
        time.Fire();

        Assert.Equal(CCApiTimeoutKind.None, clock.Expired);
    }

    [Fact]
    public void Enter_AfterDispose_SetsNoTimer()
    {
        var clock = Create(_minute);
        clock.Dispose();

        clock.Enter(CCApiTimeoutKind.Idle, _second);
        _clock.Advance(_minute);

        Assert.Empty(_clock.Waits);
        Assert.Equal(CCApiTimeoutKind.None, clock.Expired);
    }

    [Fact]
    public async Task Dispose_WhileTheCallersCancellationRunsOurCallbacks_DoesNotLockThemOut()
    {
        using var caller = new CancellationTokenSource();
        var clock = Create(_minute, caller.Token);
        using var entered = new ManualResetEventSlim();
        using var disposing = new ManualResetEventSlim();
        using var registration = clock.Token.Register(() =>
        {
            entered.Set();
            disposing.Wait(Patience.Limit);
            clock.Enter(CCApiTimeoutKind.Idle, _second);
        });

        var cancel = Task.Run(caller.Cancel);
        Assert.True(entered.Wait(Patience.Limit));
        var dispose = Task.Run(() =>
        {
            disposing.Set();
            clock.Dispose();
        });

        await Patience.Wait(Task.WhenAll(cancel, dispose));
    }

    [Fact]
    public async Task Dispose_WhileTheTimeRunsOut_NeverThrows()
    {
        var budgets = Enumerable.Range(0, 200).Select(_ =>
        {
            var clock = Create(_minute);
            clock.Enter(CCApiTimeoutKind.Attempt, _second);
            return clock;
        }).ToArray();

        var dispose = Task.Run(() => Array.ForEach(budgets, clock => clock.Dispose()));
        _clock.Advance(_second);

        await Patience.Wait(dispose);
        Assert.All(budgets, clock => Assert.Contains(clock.Expired, new[] { CCApiTimeoutKind.None, CCApiTimeoutKind.Attempt }));
    }

    [Fact]
    public void Closing_OfTheClient_EndsTheCall()
    {
        using var closed = new CancellationTokenSource();
        using var clock = new CallClock(_clock, _minute, start: null, CancellationToken.None, closed.Token);
        var before = (clock.IsClosed, clock.IsStopped);

        closed.Cancel();

        Assert.Equal((false, false), before);
        Assert.Equal((true, true), (clock.IsClosed, clock.IsStopped));
        Assert.True(clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void Elapsed_OfACallThatBeganEarlier_CountsFromThere()
    {
        var start = _clock.GetTimestamp();
        _clock.Advance(_second);

        using var clock = new CallClock(_clock, _minute, start, CancellationToken.None);

        Assert.Equal((_second, _minute - _second), (clock.Elapsed, clock.Remaining));
    }

    [Fact]
    public void Enter_OfAPhaseThatWasSpentInPart_EndsAfterTheRest()
    {
        using var clock = Create(_minute);
        _clock.Advance(_second);
        var now = clock.Enter(CCApiTimeoutKind.NextChunk, TimeSpan.FromSeconds(3), spent: _second);

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        var before = clock.Expired;
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal((_second, CCApiTimeoutKind.None, CCApiTimeoutKind.NextChunk), (now, before, clock.Expired));
    }

    [Fact]
    public void Enter_OfTheLongestBudgetLater_DoesNotOverflow()
    {
        using var clock = Create(Timeout.InfiniteTimeSpan);
        _clock.Advance(_second);

        clock.Enter(CCApiTimeoutKind.Attempt, TimeSpan.MaxValue);
        _clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(CCApiTimeoutKind.None, clock.Expired);
    }

    [Fact]
    public void TokenOrEnded_OfACall_IsCanceledOnceItWasDisposed()
    {
        var clock = Create(_minute);
        var before = clock.TokenOrEnded;
        var same = before == clock.Token;

        clock.Dispose();

        Assert.True(same);
        Assert.False(before.IsCancellationRequested);
        Assert.True(clock.TokenOrEnded.IsCancellationRequested);
    }

    [Fact]
    public void WaitAsync_ForWhatHasCompleted_DoesNotWait()
    {
        using var clock = Create(_minute);

        Assert.True(clock.WaitAsync(new ValueTask<int>(7)).AsTask().IsCompleted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Interrupt_OfSeveralWaits_EndsThoseThatWereNotRemoved(int removed)
    {
        using var clock = Create(_minute);
        var waits = new[] { new Wait(), new Wait(), new Wait() };
        Array.ForEach(waits, clock.Add);
        var order = (waits[2].Next, waits[1].Next, waits[0].Next);

        clock.Remove(waits[removed]);
        clock.Remove(waits[removed]);
        var before = waits.Count(wait => wait.IsEnding);
        clock.Interrupt();

        Assert.Equal((waits[1], waits[0], null), order);
        Assert.Equal(0, before);
        Assert.Null(waits[removed].Next);
        Assert.Equal(waits.Select((_, place) => place != removed), waits.Select(wait => wait.IsEnding));
        Array.ForEach(waits, wait => wait.End());
    }

    [Fact]
    public void Add_AfterTheCallWasEnded_EndsTheWaitUntilItIsRenewed()
    {
        using var clock = Create(_minute);
        clock.Interrupt();
        var (late, next) = (new Wait(), new Wait());

        clock.Add(late);
        clock.Remove(late);
        clock.Renew();
        clock.Add(next);

        Assert.Equal((true, false), (late.IsEnding, next.IsEnding));
        late.End();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dispose_BeforeACancellation_LeavesNoTieToIt(bool isOfCaller)
    {
        using var source = new CancellationTokenSource();
        var clock = new CallClock(_clock, _minute, start: null, isOfCaller ? source.Token : default, isOfCaller ? default : source.Token);
        var wait = new Wait();
        clock.Add(wait);

        clock.Dispose();
        source.Cancel();

        Assert.False(wait.IsEnding);
    }

    private CallClock Create(TimeSpan total, CancellationToken caller = default) => new(_clock, total, start: null, caller);

    /// <summary>A time provider whose timers fire when the test says, even after they were disposed, as those of the platform may.</summary>
    private sealed class LateClock : TimeProvider
    {
        private Action? _fire;

        public void Fire() => _fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return Substitute.For<ITimer>();
        }
    }

    private sealed class Wait : CallWait
    {
        public bool IsEnding => IsCanceled;

        public void End() => EndGrace();

        protected override void Abandon()
        {
        }
    }
}
