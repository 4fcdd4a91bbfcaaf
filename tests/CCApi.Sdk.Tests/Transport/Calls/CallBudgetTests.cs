using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using NSubstitute;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Calls;

public class CallBudgetTests
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
        using var budget = Create(_minute);
        budget.Enter(phase, TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(1.999));
        Assert.False(budget.Token.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(0.001));

        Assert.True(budget.Token.IsCancellationRequested);
        Assert.Equal(phase, budget.Expired);
        Assert.Equal(TimeSpan.FromSeconds(2), budget.Limit);
    }

    [Fact]
    public void Total_ThatRunsOut_WinsOverThePhase()
    {
        using var budget = Create(_second);
        budget.Enter(CCApiTimeoutKind.Attempt, _second);

        _clock.Advance(_second);

        Assert.True(budget.Token.IsCancellationRequested);
        Assert.Equal(CCApiTimeoutKind.Total, budget.Expired);
        Assert.Equal(_second, budget.Limit);
        Assert.Equal(TimeSpan.Zero, budget.Remaining);
    }

    [Fact]
    public void Limit_AfterTheTimeRanOut_StaysThatOfThePhaseThatEnded()
    {
        using var budget = Create(_minute);
        budget.Enter(CCApiTimeoutKind.Attempt, _second);
        _clock.Advance(_second);

        budget.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(5));

        Assert.Equal(CCApiTimeoutKind.Attempt, budget.Expired);
        Assert.Equal(_second, budget.Limit);
    }

    [Fact]
    public void Enter_AgainAndAgain_RenewsTheBudget()
    {
        using var budget = Create(_minute);

        for (var i = 0; i < 20; i++)
        {
            budget.Enter(CCApiTimeoutKind.Idle, _second);
            _clock.Advance(TimeSpan.FromSeconds(0.9));
        }

        Assert.False(budget.Token.IsCancellationRequested);
        Assert.Equal(CCApiTimeoutKind.None, budget.Expired);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(CCApiTimeoutKind.Idle, budget.Expired);
    }

    [Fact]
    public void Enter_OfLaterDeadlines_SetsNoTimerEachTime()
    {
        using var budget = Create(_minute);

        for (var i = 0; i < 100; i++)
        {
            budget.Enter(CCApiTimeoutKind.Idle, _second);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Single(_clock.Waits);
    }

    [Fact]
    public void Enter_OfAShorterPhase_EndsEarlier()
    {
        using var budget = Create(_minute);
        budget.Enter(CCApiTimeoutKind.Attempt, TimeSpan.FromSeconds(30));

        budget.Enter(CCApiTimeoutKind.Idle, _second);
        _clock.Advance(_second);

        Assert.Equal(CCApiTimeoutKind.Idle, budget.Expired);
    }

    [Fact]
    public void EndTotal_OfAStream_LeavesThePhaseOnly()
    {
        using var budget = Create(TimeSpan.FromSeconds(5));
        budget.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(10));

        budget.EndTotal();
        _clock.Advance(TimeSpan.FromSeconds(9));

        Assert.False(budget.Token.IsCancellationRequested);
        Assert.Equal(TimeSpan.MaxValue, budget.Remaining);
        _clock.Advance(_second);
        Assert.Equal(CCApiTimeoutKind.Idle, budget.Expired);
    }

    [Fact]
    public void Enter_OfEndlessBudgets_NeverEndsAndSetsNoTimer()
    {
        using var budget = Create(Timeout.InfiniteTimeSpan);
        budget.Enter(CCApiTimeoutKind.Attempt, Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromDays(365));

        Assert.False(budget.Token.IsCancellationRequested);
        Assert.Equal(TimeSpan.MaxValue, budget.Remaining);
        Assert.Empty(_clock.Waits);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10_000)]
    public void Enter_OfALongBudget_EndsOnTimeThoughTimersHoldLess(int days)
    {
        using var budget = Create(TimeSpan.MaxValue);
        budget.Enter(CCApiTimeoutKind.Attempt, TimeSpan.FromDays(days));

        _clock.Advance(TimeSpan.FromDays(days) - _second);
        Assert.Equal(CCApiTimeoutKind.None, budget.Expired);
        _clock.Advance(_second);

        Assert.Equal(CCApiTimeoutKind.Attempt, budget.Expired);
        Assert.All(_clock.Waits, wait => Assert.True(wait <= TimeSpan.FromDays(45)));
    }

    [Fact]
    public void Remaining_OfATotal_GoesDownToZero()
    {
        using var budget = Create(TimeSpan.FromSeconds(3));

        _clock.Advance(_second);
        var afterOne = budget.Remaining;
        _clock.Advance(_minute);

        Assert.Equal(TimeSpan.FromSeconds(2), afterOne);
        Assert.Equal(TimeSpan.Zero, budget.Remaining);
        Assert.Equal(TimeSpan.FromSeconds(61), budget.Elapsed);
    }

    [Fact]
    public void Renew_AfterAnAttemptEnded_GivesAFreshToken()
    {
        using var budget = Create(_minute);
        budget.Enter(CCApiTimeoutKind.Attempt, _second);
        _clock.Advance(_second);

        budget.Renew();
        budget.Enter(CCApiTimeoutKind.Attempt, _second);

        Assert.False(budget.Token.IsCancellationRequested);
        Assert.Equal(CCApiTimeoutKind.None, budget.Expired);
        _clock.Advance(_second);
        Assert.Equal(CCApiTimeoutKind.Attempt, budget.Expired);
        Assert.True(budget.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renew_AfterAnAttemptEnded_KeepsTheTotal()
    {
        using var budget = Create(TimeSpan.FromSeconds(3));
        budget.Enter(CCApiTimeoutKind.Attempt, _second);
        _clock.Advance(_second);

        budget.Renew();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(CCApiTimeoutKind.Total, budget.Expired);
        Assert.True(budget.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renew_AfterTheTotalEnded_DoesNotGiveTimeBack()
    {
        using var budget = Create(_second);
        budget.Enter(CCApiTimeoutKind.Attempt, _minute);
        _clock.Advance(_second);

        budget.Renew();

        Assert.Equal(CCApiTimeoutKind.Total, budget.Expired);
        Assert.True(budget.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renew_WhileNothingEnded_KeepsTheToken()
    {
        using var budget = Create(_minute);
        budget.Enter(CCApiTimeoutKind.Attempt, _second);
        var token = budget.Token;

        budget.Renew();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(token, budget.Token);
        Assert.False(budget.Token.IsCancellationRequested);
    }

    [Fact]
    public void Cancel_ByTheCaller_IsNotATimeout()
    {
        using var caller = new CancellationTokenSource();
        using var budget = Create(_minute, caller.Token);
        budget.Enter(CCApiTimeoutKind.Attempt, _second);

        caller.Cancel();

        Assert.True(budget.Token.IsCancellationRequested);
        Assert.Equal(CCApiTimeoutKind.None, budget.Expired);
        Assert.Equal(caller.Token, budget.Caller);
    }

    [Fact]
    public void Timeout_OfTheClient_IsNotACancellationByTheCaller()
    {
        using var caller = new CancellationTokenSource();
        using var budget = Create(_minute, caller.Token);
        budget.Enter(CCApiTimeoutKind.Attempt, _second);

        _clock.Advance(_second);

        Assert.False(budget.Caller.IsCancellationRequested);
    }

    [Fact]
    public void Renew_AfterTheCallerCanceled_StaysCanceled()
    {
        using var caller = new CancellationTokenSource();
        using var budget = Create(_minute, caller.Token);
        budget.Enter(CCApiTimeoutKind.Attempt, _second);
        _clock.Advance(_second);
        caller.Cancel();

        budget.Renew();

        Assert.True(budget.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renew_AfterAPhaseWasEnteredOnAnExpiredBudget_StillEndsTheNextPhase()
    {
        using var budget = Create(TimeSpan.FromSeconds(4));
        budget.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(0.2));
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        // A read that ignores its token returns late, and the next read enters the phase again before the budget is renewed.
        budget.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(0.2));
        _clock.Advance(TimeSpan.FromSeconds(0.3));
        budget.Renew();
        budget.Enter(CCApiTimeoutKind.Attempt, _second);
        _clock.Advance(_second);

        Assert.Equal(CCApiTimeoutKind.Attempt, budget.Expired);
        Assert.True(budget.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renew_AfterAPhaseWasEnteredOnAnExpiredBudget_StillEndsTheTotal()
    {
        using var budget = Create(TimeSpan.FromSeconds(4));
        budget.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(0.2));
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        budget.Enter(CCApiTimeoutKind.Idle, TimeSpan.FromSeconds(0.2));
        _clock.Advance(TimeSpan.FromSeconds(0.3));

        budget.Renew();
        _clock.Advance(TimeSpan.FromSeconds(3.5));

        Assert.Equal(CCApiTimeoutKind.Total, budget.Expired);
    }

    [Fact]
    public void Dispose_BeforeTheTimeRunsOut_EndsNothing()
    {
        var budget = Create(_minute);
        budget.Enter(CCApiTimeoutKind.Attempt, _second);
        var token = budget.Token;

        budget.Dispose();
        budget.Dispose();
        _clock.Advance(_minute);

        Assert.False(token.IsCancellationRequested);
        Assert.Equal(CCApiTimeoutKind.None, budget.Expired);
    }

    [Fact]
    public void Dispose_OfABudget_LeavesNoTimerAndNoTieToTheCaller()
    {
        using var caller = new CancellationTokenSource();
        var budget = Create(_minute, caller.Token);
        budget.Enter(CCApiTimeoutKind.Attempt, _second);

        budget.Dispose();

        Assert.Equal(0, _clock.Timers);
        Assert.Throws<ObjectDisposedException>(() => budget.Token);
    }

    [Fact]
    public void Renew_AfterAnAttemptEnded_LeavesNoTieToTheCaller()
    {
        using var budget = Create(_minute);
        budget.Enter(CCApiTimeoutKind.Attempt, _second);
        var ended = budget.Token;
        _clock.Advance(_second);

        budget.Renew();

        Assert.Throws<ObjectDisposedException>(() => ended.WaitHandle);
    }

    [Fact]
    public void Timer_ThatFiresAsTheCallEnds_EndsNothing()
    {
        var clock = new LateClock();
        var budget = new CallBudget(clock, _minute, start: null, CancellationToken.None);
        budget.Enter(CCApiTimeoutKind.Attempt, TimeSpan.Zero);

        budget.Dispose();
        clock.Fire();

        Assert.Equal(CCApiTimeoutKind.None, budget.Expired);
    }

    [Fact]
    public void Enter_AfterDispose_SetsNoTimer()
    {
        var budget = Create(_minute);
        budget.Dispose();

        budget.Enter(CCApiTimeoutKind.Idle, _second);
        _clock.Advance(_minute);

        Assert.Empty(_clock.Waits);
        Assert.Equal(CCApiTimeoutKind.None, budget.Expired);
    }

    [Fact]
    public async Task Dispose_WhileTheCallersCancellationRunsOurCallbacks_DoesNotLockThemOut()
    {
        using var caller = new CancellationTokenSource();
        var budget = Create(_minute, caller.Token);
        using var entered = new ManualResetEventSlim();
        using var disposing = new ManualResetEventSlim();
        using var registration = budget.Token.Register(() =>
        {
            entered.Set();
            disposing.Wait(Patience.Limit);
            budget.Enter(CCApiTimeoutKind.Idle, _second);
        });

        var cancel = Task.Run(caller.Cancel);
        Assert.True(entered.Wait(Patience.Limit));
        var dispose = Task.Run(() =>
        {
            disposing.Set();
            budget.Dispose();
        });

        await Patience.Wait(Task.WhenAll(cancel, dispose));
    }

    [Fact]
    public async Task Dispose_WhileTheTimeRunsOut_NeverThrows()
    {
        var budgets = Enumerable.Range(0, 200).Select(_ =>
        {
            var budget = Create(_minute);
            budget.Enter(CCApiTimeoutKind.Attempt, _second);
            return budget;
        }).ToArray();

        var dispose = Task.Run(() => Array.ForEach(budgets, budget => budget.Dispose()));
        _clock.Advance(_second);

        await Patience.Wait(dispose);
        Assert.All(budgets, budget => Assert.Contains(budget.Expired, new[] { CCApiTimeoutKind.None, CCApiTimeoutKind.Attempt }));
    }

    private CallBudget Create(TimeSpan total, CancellationToken caller = default) => new(_clock, total, start: null, caller);

    /// <summary>A clock whose timers fire when the test says, even after they were disposed, as those of the platform may.</summary>
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
}
