using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Polly;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Retry;

public class RepeatPipelineTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly TestClock _clock = new();
    private readonly List<Exception?> _asked = [];

    [Fact]
    public async Task RunAsync_OfAFailedFirst_WaitsAndMakesTheOthers()
    {
        var attempts = new Queue<Outcome<string>>([Failed("second"), Outcome.FromResult("third")]);
        var delays = new Queue<TimeSpan>([_second, _second + _second]);
        var pipeline = new RepeatPipeline(_clock);

        var run = pipeline.RunAsync(Failed("first"), Retry, delays.Dequeue, () => new(attempts.Dequeue()), CancellationToken.None).AsTask();
        await _clock.Pass(_second);
        await _clock.Pass(_second + _second);

        Assert.Equal("third", (await Patience.Wait(run)).Result);
    }

    [Fact]
    public async Task RunAsync_OfAFailedFirst_DoesNotAskAboutIt()
    {
        var pipeline = new RepeatPipeline(_clock);

        var outcome = await pipeline.RunAsync(Failed("first"), Retry, () => TimeSpan.Zero, () => new(Outcome.FromResult("second")), CancellationToken.None);

        Assert.Equal("second", outcome.Result);
        Assert.Null(Assert.Single(_asked));
    }

    [Fact]
    public async Task RunAsync_OfAnAttemptThatIsNotTriedAgain_EndsWithIt()
    {
        var pipeline = new RepeatPipeline(_clock);

        var outcome = await pipeline.RunAsync(Failed("first"), _ => false, () => TimeSpan.Zero, () => new(Failed("second")), CancellationToken.None);

        Assert.Equal("second", outcome.Exception?.Message);
    }

    [Fact]
    public async Task RunAsync_OfAWaitThatNoTimerHolds_WaitsAsLongAsATimerCan()
    {
        var pipeline = new RepeatPipeline(_clock);

        var run = pipeline.RunAsync(Failed("first"), Retry, () => TimeSpan.MaxValue, () => new(Outcome.FromResult("second")), CancellationToken.None).AsTask();
        await _clock.Pass(TimeSpan.FromDays(45));

        Assert.Equal("second", (await Patience.Wait(run)).Result);
    }

    [Fact]
    public async Task RunAsync_CanceledDuringAWait_EndsWithTheCancellation()
    {
        using var source = new CancellationTokenSource();
        var attempts = 0;
        var pipeline = new RepeatPipeline(_clock);

        var run = pipeline.RunAsync(
            Failed("first"),
            Retry,
            () => _second,
            () =>
            {
                attempts++;
                return new(Outcome.FromResult("second"));
            },
            source.Token).AsTask();
        source.Cancel();
        var outcome = await Patience.Wait(run);

        Assert.Equal(source.Token, Assert.IsType<OperationCanceledException>(outcome.Exception, exactMatch: false).CancellationToken);
        Assert.Equal(0, attempts);
    }

    [Fact]
    public async Task RunAsync_OfTheLongestWait_DoesNotThrow()
    {
        using var source = new CancellationTokenSource();
        var pipeline = new RepeatPipeline(_clock);

        var run = pipeline.RunAsync(Failed("first"), Retry, () => TimeSpan.MaxValue, () => new(Outcome.FromResult("second")), source.Token).AsTask();
        source.Cancel();
        var outcome = await Patience.Wait(run);

        Assert.IsType<OperationCanceledException>(outcome.Exception, exactMatch: false);
    }

    [Fact]
    public async Task RunAsync_ManyAtOnce_KeepsThemApart()
    {
        var pipeline = new RepeatPipeline(_clock);

        var runs = new List<Task<Outcome<string>>>();
        for (var i = 0; i < 50; i++)
        {
            var name = $"{i}";
            runs.Add(pipeline.RunAsync(Failed("first"), exception => exception is not null, () => _second, () => new(Outcome.FromResult(name)), CancellationToken.None).AsTask());
        }

        _clock.Advance(_second);
        var outcomes = await Patience.Wait(Task.WhenAll(runs));

        for (var i = 0; i < outcomes.Length; i++)
        {
            Assert.Equal($"{i}", outcomes[i].Result);
        }
    }

    private static Outcome<string> Failed(string message) => Outcome.FromException<string>(new CCApiException(message));

    private bool Retry(Exception? exception)
    {
        _asked.Add(exception);
        return exception is not null;
    }
}
