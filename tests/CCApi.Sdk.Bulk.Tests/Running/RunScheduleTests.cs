using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests.Running;

public class RunScheduleTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Next_WithoutCalls_ReadsUntilTheEnd()
    {
        var schedule = Create();

        Assert.Equal(new ScheduledStep(StepAction.Read), schedule.Next(isAtEnd: false));
        Assert.Equal(new ScheduledStep(StepAction.End), schedule.Next(isAtEnd: true));
    }

    [Fact]
    public void Next_WhenAllSlotsAreTaken_WaitsForALanding()
    {
        var schedule = Create(concurrency: 2);

        var flights = new[] { schedule.Begin()!.Value, schedule.Begin()!.Value };

        Assert.Equal([new Flight(1, WasFull: false, Epoch: 0), new Flight(2, WasFull: true, Epoch: 0)], flights);
        Assert.Equal(StepAction.Wait, schedule.Next(isAtEnd: false).Action);
        schedule.Land(flights[0], latency: null);
        Assert.Equal(StepAction.Read, schedule.Next(isAtEnd: false).Action);
    }

    [Fact]
    public void Next_AtTheEndWhileAnItemIsRunning_WaitsForItsEnd()
    {
        var schedule = Create();
        var flight = schedule.Begin()!.Value;

        schedule.Land(flight, TimeSpan.FromSeconds(1));

        Assert.Equal(StepAction.Wait, schedule.Next(isAtEnd: true).Action);
        schedule.Finish();
        Assert.Equal(StepAction.End, schedule.Next(isAtEnd: true).Action);
    }

    [Fact]
    public void Next_DuringAPause_SendsWhatWaitedWhenItIsOver()
    {
        var schedule = Create();
        var work = Item();
        var flight = schedule.Begin()!.Value;

        schedule.Reject(flight, TimeSpan.FromSeconds(5));
        schedule.Wait(work);
        schedule.Land(flight, latency: null);
        schedule.Finish();

        Assert.Equal(new ScheduledStep(StepAction.Wait, TimeSpan.FromSeconds(5)), schedule.Next(isAtEnd: false));
        _time.Advance(TimeSpan.FromSeconds(5));
        var step = schedule.Next(isAtEnd: false);
        Assert.Equal((StepAction.Send, work, 1), (step.Action, step.Work, step.Flight.InFlight));
    }

    [Fact]
    public void Next_WhileAnItemWaitsForItsNextRound_ReadsOthers()
    {
        var schedule = Create();
        var work = Item();
        work.BeginSending(TimeSpan.Zero);

        schedule.Repeat(work);

        var step = schedule.Next(isAtEnd: false);
        Assert.Equal(StepAction.Read, step.Action);
        Assert.InRange(step.Longest!.Value, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        Assert.Equal(StepAction.Wait, schedule.Next(isAtEnd: true).Action);
        _time.Advance(step.Longest.Value);
        Assert.Equal(StepAction.Send, schedule.Next(isAtEnd: true).Action);
    }

    [Fact]
    public void Next_WithManyOutcomesThatNobodyTakes_ReadsNoMore()
    {
        var schedule = Create();

        var indexes = Enumerable.Range(0, 1024).Select(_ => schedule.Admit()!.Value).ToList();

        Assert.Equal(1023, indexes[^1]);
        Assert.Equal(StepAction.Wait, schedule.Next(isAtEnd: false).Action);
        schedule.Deliver();
        Assert.Equal(StepAction.Read, schedule.Next(isAtEnd: false).Action);
    }

    [Fact]
    public void WaitForBudget_WithAnotherCallUnderWay_SendsNothingBeforeItLands()
    {
        var schedule = Create();
        var flights = new[] { schedule.Begin()!.Value, schedule.Begin()!.Value };

        Assert.True(schedule.WaitForBudget());

        Assert.Equal(new ScheduledStep(StepAction.Wait), schedule.Next(isAtEnd: false));
        schedule.Land(flights[1], latency: null);
        Assert.Equal(StepAction.Wait, schedule.Next(isAtEnd: false).Action);
        schedule.Land(flights[0], TimeSpan.FromSeconds(1));
        Assert.Equal(StepAction.Read, schedule.Next(isAtEnd: false).Action);
    }

    [Fact]
    public void WaitForBudget_OfTheOnlyCall_IsFalse()
    {
        var schedule = Create();
        schedule.Begin();

        Assert.False(schedule.WaitForBudget());
        Assert.Equal(StepAction.Read, schedule.Next(isAtEnd: false).Action);
    }

    [Fact]
    public void FreeBudget_AfterAFailureOfAnotherCall_ReadsAgain()
    {
        var schedule = Create();
        _ = (schedule.Begin(), schedule.Begin(), schedule.WaitForBudget());

        schedule.FreeBudget();

        Assert.Equal(StepAction.Read, schedule.Next(isAtEnd: false).Action);
    }

    [Fact]
    public void Stop_WhileAnItemIsRunning_EndsAfterIt()
    {
        var schedule = Create();
        schedule.Begin();

        schedule.Stop();

        Assert.Equal((null, null), (schedule.Admit(), schedule.Begin()));
        Assert.Equal(StepAction.Wait, schedule.Next(isAtEnd: false).Action);
        schedule.Finish();
        Assert.Equal(StepAction.End, schedule.Next(isAtEnd: false).Action);
    }

    [Fact]
    public void ToProgress_OfARun_HasItsNumbers()
    {
        var schedule = Create(concurrency: 3);
        schedule.Begin();
        schedule.Wait(Item());
        _time.Advance(TimeSpan.FromSeconds(7));

        var progress = schedule.ToProgress(new RunCounters(new Dictionary<string, decimal>(), currency: null), total: 9);

        Assert.Equal((1, 1, 3, 9, 7.0), (progress.InFlight, progress.Waiting, progress.Concurrency, progress.Total, progress.Elapsed.TotalSeconds));
    }

    private static WorkItem Item() =>
        new(BulkItem.Chat("a", new ChatCompletionRequest { Model = "m", Messages = [ChatMessage.User("Hi.")] }), line: null, index: 0);

    private RunSchedule Create(int concurrency = 4) => new(new BulkOptions
    {
        TimeProvider = _time,
        InitialConcurrency = concurrency,
        MaxConcurrency = concurrency,
        RoundDelay = TimeSpan.FromSeconds(1),
    });
}
