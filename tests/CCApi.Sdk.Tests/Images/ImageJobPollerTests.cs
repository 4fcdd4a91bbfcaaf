using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Tests.Images;

/// <summary>Many callers that wait for one job. Every poll completes when the test responds to it.</summary>
public sealed class ImageJobPollerTests
{
    private static readonly ImageJobWaitOptions _eager = new() { MaxDelay = TimeSpan.FromTicks(1) };

    private const string Processing = """{"id":"j","status":"processing","estimated_time":5}""";

    private readonly Gateway _gateway = new();

    [Fact]
    public async Task Wait_OfMany_AsksOnceForAll()
    {
        var job = _gateway.ResumeJob("j");
        var progress = Enumerable.Range(0, 5).Select(_ => new Collector()).ToArray();
        var waits = progress.Select(each => job.WaitAsync(each, _eager)).ToArray();

        await _gateway.RespondAsync("pending");
        await _gateway.RespondAsync("processing");
        await _gateway.RespondAsync("completed");
        var states = await Patience.Wait(Task.WhenAll(waits));

        Assert.Equal(3, _gateway.Questions);
        Assert.All(states, state => Assert.Same(job.Latest, state));
        Assert.All(progress, each => Assert.Equal(["pending", "processing", "completed"], each.Seen));
    }

    [Fact]
    public async Task Wait_BegunInTheMiddle_JoinsTheQuestionUnderWay()
    {
        var job = _gateway.ResumeJob("j");
        var first = job.WaitAsync(waitOptions: _eager);
        await _gateway.RespondAsync("pending");
        await _gateway.Asked();

        var progress = new Collector();
        var second = job.WaitAsync(progress, _eager);
        await _gateway.RespondAsync("completed");

        Assert.Same(await Patience.Wait(first), await Patience.Wait(second));
        Assert.Equal(["pending", "completed"], progress.Seen);
        Assert.Equal(2, _gateway.Questions);
    }

    [Fact]
    public async Task Wait_CancelledByOne_GoesOnForTheOthers()
    {
        using var cancellation = new CancellationTokenSource();
        var job = _gateway.ResumeJob("j");
        var leaving = job.WaitAsync(waitOptions: _eager, cancellationToken: cancellation.Token);
        var staying = job.WaitAsync(waitOptions: _eager);
        await _gateway.Asked();

        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(leaving));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.False(_gateway.IsCanceled);
        await _gateway.RespondAsync("completed");
        Assert.Equal(ImageJobStatus.Completed, (await Patience.Wait(staying)).Status);
    }

    [Fact]
    public async Task Wait_CancelledByTheLast_EndsTheQuestionUnderWay()
    {
        using var cancellation = new CancellationTokenSource();
        var job = _gateway.ResumeJob("j");
        var waits = Enumerable.Range(0, 2).Select(_ => job.WaitAsync(waitOptions: _eager, cancellationToken: cancellation.Token)).ToArray();
        await _gateway.Asked();

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(Task.WhenAll(waits)));
        Assert.True(_gateway.IsCanceled);
    }

    [Fact]
    public async Task Wait_AfterAllHadLeft_AsksAnew()
    {
        using var cancellation = new CancellationTokenSource();
        var job = _gateway.ResumeJob("j");
        var left = job.WaitAsync(waitOptions: _eager, cancellationToken: cancellation.Token);
        await _gateway.Asked();
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(left));

        var again = job.WaitAsync(waitOptions: _eager);
        await _gateway.RespondAsync("completed", question: 2);

        Assert.Equal(ImageJobStatus.Completed, (await Patience.Wait(again)).Status);
        Assert.Equal(2, _gateway.Questions);
    }

    [Fact]
    public async Task Wait_WhenTheBudgetOfOneRunsOut_GoesOnForTheOthers()
    {
        var clock = new FakeTimeProvider();
        using var handler = new ScriptedHandler(_ => new TaskCompletionSource<System.Net.Http.HttpResponseMessage>().Task);
        var job = handler.CreateClient(options => options.TimeProvider = clock).Images.ResumeJob("j");
        var hasty = job.WaitAsync(waitOptions: new ImageJobWaitOptions { Timeout = TimeSpan.FromSeconds(10) });
        var patient = job.WaitAsync();

        clock.Advance(TimeSpan.FromSeconds(10));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(hasty));
        Assert.Equal(CCApiTimeoutKind.ImageJob, exception.Kind);
        Assert.Contains("ResumeJob(\"j\")", exception.Message, StringComparison.Ordinal);
        Assert.False(patient.IsCompleted);
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task Wait_WhenAskingFails_FailsForAll()
    {
        var job = _gateway.ResumeJob("j");
        var waits = Enumerable.Range(0, 3).Select(_ => job.WaitAsync(waitOptions: _eager)).ToArray();

        await _gateway.FailAsync(new CCApiNotFoundException("no such job"));

        foreach (var wait in waits)
        {
            await Assert.ThrowsAsync<CCApiNotFoundException>(() => Patience.Wait(wait));
        }

        Assert.Equal(1, _gateway.Questions);
    }

    [Fact]
    public async Task Wait_WhenAskingFailsInPassing_GoesOnForAll()
    {
        var job = _gateway.ResumeJob("j");
        var waits = Enumerable.Range(0, 3).Select(_ => job.WaitAsync(waitOptions: _eager)).ToArray();

        await _gateway.FailAsync(new CCApiServerException("busy") { IsTransient = true });
        await _gateway.RespondAsync("completed");

        await Patience.Wait(Task.WhenAll(waits));
        Assert.Equal(2, _gateway.Questions);
    }

    [Fact]
    public async Task Watch_BySomebodySlow_MissesNoState()
    {
        var job = _gateway.ResumeJob("j");
        await using var slow = job.WatchAsync(_eager).GetAsyncEnumerator();
        var first = slow.MoveNextAsync().AsTask();
        var quick = job.WaitAsync(waitOptions: _eager);
        await _gateway.RespondAsync("pending");
        await Patience.Wait(first);
        await _gateway.RespondAsync("processing");
        await _gateway.RespondAsync("completed");
        await Patience.Wait(quick);

        var seen = new List<string?> { slow.Current.Status?.Value };
        while (await Patience.Wait(slow.MoveNextAsync().AsTask()))
        {
            seen.Add(slow.Current.Status?.Value);
        }

        Assert.Equal(["pending", "processing", "completed"], seen);
        Assert.Equal(3, _gateway.Questions);
    }

    [Fact]
    public async Task Wait_OfTwoThatAllowDifferentPauses_PausesTheShorter()
    {
        var clock = new TestClock();
        using var handler = new ScriptedHandler(ScriptedHandler.Json("""{"id":"j","status":"processing"}"""), ScriptedHandler.Json("""{"id":"j","status":"completed"}"""));
        var job = new ImageJob(
            handler.CreateClient(options => options.TimeProvider = clock).Images, Wire.Read<MultimodalImageGenerationResponse>("""{"id":"j","status":"pending","estimated_time":5}"""));
        await using var slow = job.WatchAsync(new ImageJobWaitOptions { MaxDelay = TimeSpan.FromMinutes(1) }).GetAsyncEnumerator();
        await slow.MoveNextAsync();

        var eager = job.WaitAsync(waitOptions: new ImageJobWaitOptions { MaxDelay = TimeSpan.FromMilliseconds(7) });
        var next = slow.MoveNextAsync().AsTask();
        for (var i = 0; i < 2; i++)
        {
            while (clock.Waits.Count(wait => wait <= TimeSpan.FromMilliseconds(7)) <= i)
            {
                await Task.Yield();
            }

            clock.Advance(TimeSpan.FromMilliseconds(7));
        }

        await Patience.Wait(eager);
        await Patience.Wait(next);
        Assert.Equal(2, handler.Sent.Count);
    }

    [Fact]
    public async Task Wait_JoinedBySomebodyMoreEager_PollsAtThatPaceAtOnce()
    {
        var clock = new TestClock();
        using var gateway = new FakeGateway().Respond(200, Processing).Respond(200, Processing).Respond(200, """{"id":"j","status":"completed","data":[{"url":"u"}]}""");
        var job = new ImageJob(gateway.Client(options => options.TimeProvider = clock).Images, Wire.Read<MultimodalImageGenerationResponse>(Processing));
        var slow = job.WaitAsync(waitOptions: new ImageJobWaitOptions { MaxDelay = TimeSpan.FromMinutes(10) });
        await PausedAsync(clock, from: TimeSpan.FromSeconds(4), to: TimeSpan.FromSeconds(6));

        var eager = job.WaitAsync(waitOptions: new ImageJobWaitOptions { MaxDelay = TimeSpan.FromSeconds(0.1), Timeout = TimeSpan.FromSeconds(3) });
        for (var polls = 1; polls <= 3; polls++)
        {
            await PausedAsync(clock, from: TimeSpan.Zero, to: TimeSpan.FromSeconds(0.1));
            clock.Advance(TimeSpan.FromSeconds(0.1));
            await gateway.Received(polls);
        }

        await Patience.Wait(Task.WhenAll(slow, eager));
    }

    [Fact]
    public async Task Wait_LeftByTheMostEager_PollsAtThePaceOfTheRest()
    {
        var clock = new TestClock();
        using var cancellation = new CancellationTokenSource();
        using var gateway = new FakeGateway().Respond(200, """{"id":"j","status":"completed","data":[{"url":"u"}]}""");
        var job = new ImageJob(gateway.Client(options => options.TimeProvider = clock).Images, Wire.Read<MultimodalImageGenerationResponse>(Processing));
        var eager = job.WaitAsync(waitOptions: new ImageJobWaitOptions { MaxDelay = TimeSpan.FromSeconds(0.1) }, cancellationToken: cancellation.Token);
        await PausedAsync(clock, from: TimeSpan.Zero, to: TimeSpan.FromSeconds(0.1));
        var slow = job.WaitAsync(waitOptions: new ImageJobWaitOptions { MaxDelay = TimeSpan.FromMinutes(10) });

        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(eager));
        await PausedAsync(clock, from: TimeSpan.FromSeconds(4), to: TimeSpan.FromSeconds(6));
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Empty(gateway.Sent);
        clock.Advance(TimeSpan.FromSeconds(6));
        await Patience.Wait(slow);
    }

    /// <summary>Waits until a pause of such a length has begun.</summary>
    private static async Task PausedAsync(TestClock clock, TimeSpan from, TimeSpan to)
    {
        while (true)
        {
            foreach (var wait in clock.Waits)
            {
                if (wait > from && wait <= to && clock.Take(wait))
                {
                    return;
                }
            }

            await Task.Yield();
        }
    }

    private sealed class Collector : IProgress<MultimodalImageGenerationResponse>
    {
        private readonly ConcurrentQueue<string?> _seen = new();

        public IEnumerable<string?> Seen => _seen;

        public void Report(MultimodalImageGenerationResponse value) => _seen.Enqueue(value.Status?.Value);
    }

    /// <summary>A gateway whose questions wait for the test.</summary>
    private sealed class Gateway : ImagesClient
    {
        private readonly object _gate = new();
        private readonly List<TaskCompletionSource<MultimodalImageGenerationResponse>> _questions = [];
        private TaskCompletionSource<bool> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationToken _token;
        private int _responded;

        public int Questions => _questions.Count;

        public bool IsCanceled => _token.IsCancellationRequested;

        public override Task<MultimodalImageGenerationResponse> GetJobAsync(string id, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
        {
            lock (_gate)
            {
                _token = cancellationToken;
                var question = new TaskCompletionSource<MultimodalImageGenerationResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
                cancellationToken.Register(() => question.TrySetCanceled(cancellationToken));
                _questions.Add(question);
                _asked.TrySetResult(true);
                _asked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                return question.Task;
            }
        }

        public async Task Asked() => await QuestionAsync(_responded + 1);

        public async Task RespondAsync(string status, int? question = null)
        {
            var asked = await QuestionAsync(question ?? _responded + 1);
            _responded = question ?? _responded + 1;
            asked.TrySetResult(new MultimodalImageGenerationResponse { Id = "j", Status = status });
        }

        public async Task FailAsync(CCApiException exception) => (await QuestionAsync(++_responded)).TrySetException(exception);

        private async Task<TaskCompletionSource<MultimodalImageGenerationResponse>> QuestionAsync(int number)
        {
            while (true)
            {
                Task asked;
                lock (_gate)
                {
                    if (_questions.Count >= number)
                    {
                        return _questions[number - 1];
                    }

                    asked = _asked.Task;
                }

                await Patience.Wait(asked);
            }
        }
    }
}
