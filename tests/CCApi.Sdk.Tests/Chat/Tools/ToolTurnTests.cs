using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class ToolTurnTests
{
    private static readonly string[] _cities = ["Oslo", "Rome", "Lima"];

    private readonly ToolScript _script = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task RunAsync_InParallel_GivesResultsInTheOrderOfTheCalls()
    {
        var gates = _cities.ToDictionary(city => city, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        var started = new List<string>();
        _script.Tool("a", (city, _) =>
        {
            started.Add(city);
            if (started.Count == _cities.Length)
            {
                foreach (var other in _cities.AsEnumerable().Reverse())
                {
                    gates[other].SetResult(other);
                }
            }

            return gates[city].Task;
        });

        var steps = await CollectAsync(inParallel: true);

        Assert.Equal(["call Oslo", "call Rome", "call Lima", "Oslo", "Rome", "Lima"], steps);
    }

    [Fact]
    public async Task RunAsync_OneAfterTheOther_StartsACallWhenTheOneBeforeHasItsResult()
    {
        var running = 0;
        _script.Tool("a", async (city, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return city;
        });

        var steps = await CollectAsync(inParallel: false);

        Assert.Equal(["call Oslo", "Oslo", "call Rome", "Rome", "call Lima", "Lima"], steps);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_CallNotApproved_InformsTheModel(bool inParallel)
    {
        var runs = new List<string>();
        var asked = new List<string>();
        _script.Tool("a", city =>
        {
            runs.Add(city);
            return city;
        });

        var steps = await CollectAsync(inParallel, async (call, _) =>
        {
            await Task.Yield();
            asked.Add($"{call.Id} after {runs.Count}");
            return call.Id != "1";
        });

        Assert.Equal(["Oslo", "Lima"], runs);
        Assert.Equal("""{"error":"The call of a was not approved. Continue without it."}""", steps[inParallel ? 4 : 3]);
        Assert.Equal(inParallel ? ["0 after 0", "1 after 0", "2 after 0"] : ["0 after 0", "1 after 1", "2 after 1"], asked);
    }

    [Fact]
    public async Task RunAsync_OfCallsThatCannotRun_AsksForNoApproval()
    {
        _script.Tool("a", city => city);
        ChatToolCall[] calls = [Call("0", "b", "{}"), Call("1", "a", "{}"), Call("2", null, null)];

        var steps = await CollectAsync(true, (_, _) => throw new InvalidOperationException("asked"), calls);

        Assert.Equal(
            [
                """{"error":"There is no tool 'b'. The tools are: a."}""",
                """{"error":"The arguments of a are not valid: $.city is missing. Call it again with arguments that match its schema. The arguments were: {}"}""",
                """{"error":"There is no tool ''. The tools are: a."}""",
            ],
            steps.Skip(3));
    }

    [Fact]
    public async Task RunAsync_OfAnApprovalThatThrows_EndsTheRun()
    {
        _script.Tool("a", city => city);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => CollectAsync(true, (_, _) => throw new InvalidOperationException("hook")));

        Assert.Equal("hook", exception.Message);
    }

    [Fact]
    public async Task RunAsync_ToolThrows_KeepsTheExceptionAndSendsItsMessage()
    {
        var thrown = new FormatException("No such city.");
        _script.Tool("a", (_, _) => throw thrown);
        var results = new List<ChatToolResultStep>();

        await foreach (var step in Turn().RunAsync(Calls(), inParallel: true, CancellationToken.None))
        {
            if (step is ChatToolResultStep result)
            {
                results.Add(result);
            }
        }

        Assert.All(results, result => Assert.Equal((true, """{"error":"a failed: No such city."}""", (Exception)thrown), (result.IsError, result.Content, result.Exception!)));
        Assert.Equal(["0", "1", "2"], results.Select(result => result.Message.ToolCallId));
    }

    [Fact]
    public async Task RunAsync_ToolGivesUp_InformsTheModel()
    {
        _script.Tool("a", (_, _) => throw new OperationCanceledException("Too slow."));

        var steps = await CollectAsync(inParallel: true);

        Assert.Equal("""{"error":"a failed: Too slow."}""", steps[3]);
    }

    [Fact]
    public async Task RunAsync_OfNoResult_IsAnEmptyText()
    {
        _script.Tool("a", (_, _) => Task.FromResult<string>(null!));

        Assert.Equal("", (await CollectAsync(inParallel: false))[1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_Canceled_EndsWithTheTokenOfTheCaller(bool inParallel)
    {
        using var source = new CancellationTokenSource();
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Tool("a", async (city, cancellationToken) =>
        {
            try
            {
                source.Cancel();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return "";
            }
            finally
            {
                ended.SetResult(city);
            }
        });

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(CollectAsync(inParallel, cancellationToken: source.Token)));

        Assert.Equal((source.Token, "Oslo"), (exception.CancellationToken, await Patience.Wait(ended.Task)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_CanceledWhileAToolIgnoresItsToken_EndsAtOnce(bool inParallel)
    {
        using var source = new CancellationTokenSource();
        var never = new TaskCompletionSource<string>();
        _script.Tool("a", (_, _) =>
        {
            source.CancelAfter(TimeSpan.Zero);
            return never.Task;
        });

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(CollectAsync(inParallel, cancellationToken: source.Token)));

        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_CanceledWhileAToolBlocksItsThread_EndsAtOnce()
    {
        using var source = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Tool("a", (city, _) =>
        {
            source.CancelAfter(TimeSpan.Zero);
#pragma warning disable xUnit1051 // Blocking without a token is what is tested.
            gate.Wait();
#pragma warning restore xUnit1051
            ended.SetResult(true);
            return Task.FromResult(city);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(CollectAsync(inParallel: true, cancellationToken: source.Token)));

        gate.Set();
        await Patience.Wait(ended.Task);
    }

    [Fact]
    public async Task RunAsync_CanceledWhileTheApprovalIgnoresItsToken_EndsAtOnce()
    {
        using var source = new CancellationTokenSource();
        var never = new TaskCompletionSource<bool>();
        _script.Tool("a", city => city);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(CollectAsync(
            inParallel: true,
            (_, _) =>
            {
                source.CancelAfter(TimeSpan.Zero);
                return never.Task;
            },
            cancellationToken: source.Token)));

        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_OfToolsAndHooksThatFailAfterACancellation_LeavesNoUnobservedException()
    {
        var unobserved = new List<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> handler = (_, args) =>
        {
            if (args.Exception.InnerException is { Message: "too late" } late)
            {
                unobserved.Add(late);
            }
        };
        TaskScheduler.UnobservedTaskException += handler;
        try
        {
            await FailLateAsync(ofTool: true);
            await FailLateAsync(ofTool: false);
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= handler;
        }

        Assert.Empty(unobserved);
    }

    [Fact]
    public async Task RunAsync_OfManyCalls_RunsNoMoreThanAllowedAtOnce()
    {
        var (running, most, started) = (0, 0, new List<string>());
        _script.Tool("a", async (city, _) =>
        {
            started.Add(city);
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return city;
        });
        var calls = Enumerable.Range(0, 100).Select(number => Call($"{number}", "a", $$"""{"city":"{{number}}"}""")).ToArray();
        var results = new List<string>();

        await foreach (var step in Turn(new ChatRunOptions { MaxParallelCalls = 3 }).RunAsync(calls, inParallel: true, CancellationToken.None))
        {
            results.Add(step is ChatToolResultStep result ? result.Content : "call");
        }

        Assert.InRange(most, 1, 3);
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}"), started);
        Assert.Equal(started, results.Skip(100));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_OfMoreCallsThanAllowed_RunsTheFirstAndReportsTheOthers(bool inParallel)
    {
        var runs = new List<string>();
        var requested = new List<string?>();
        _script.Tool("a", city =>
        {
            runs.Add(city);
            return city;
        });
        var options = new ChatRunOptions
        {
            MaxCallsPerTurn = 2,
            ApproveAsync = (call, _) =>
            {
                requested.Add(call.Id);
                return Task.FromResult(true);
            },
        };
        var results = new List<ChatToolResultStep>();

        await foreach (var step in Turn(options).RunAsync(Calls(), inParallel, CancellationToken.None))
        {
            results.AddRange(new[] { step }.OfType<ChatToolResultStep>());
        }

        Assert.Equal(["Oslo", "Rome"], runs);
        Assert.Equal(["0", "1"], requested);
        Assert.Equal("""{"error":"This call was not run, because a turn may have at most 2 calls. Call fewer tools at once."}""", results[2].Content);
        Assert.Equal([false, false, true], results.Select(result => result.IsError));
    }

    [Fact]
    public async Task RunAsync_LeftWhileAToolIgnoresItsToken_WaitsForALimitedTime()
    {
        var never = new TaskCompletionSource<string>();
        _script.Tool("a", (city, _) => city == "Oslo" ? Task.FromResult(city) : never.Task);
        var leaving = LeaveAsync();

        while (!leaving.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await leaving;

        async Task LeaveAsync()
        {
            await foreach (var step in Turn().RunAsync(Calls(), inParallel: true, CancellationToken.None))
            {
                if (step is ChatToolResultStep)
                {
                    break;
                }
            }
        }
    }

    [Fact]
    public async Task RunAsync_Left_CancelsWhatRunsAndWaitsForIt()
    {
        var ended = false;
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Tool("a", async (city, cancellationToken) =>
        {
            if (city == "Oslo")
            {
                await started.Task;
                return city;
            }

            try
            {
                started.TrySetResult(true);
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return city;
            }
            finally
            {
                await Task.Yield();
                ended = true;
            }
        });

        await Patience.Wait(LeaveAsync());

        Assert.True(ended);

        async Task LeaveAsync()
        {
            await foreach (var step in Turn().RunAsync(Calls(), inParallel: true, CancellationToken.None))
            {
                if (step is ChatToolResultStep)
                {
                    break;
                }
            }
        }
    }

    [Fact]
    public async Task RunAsync_TruncatedResponse_DoesNotTakeMissingArgumentsForNone()
    {
        var runs = 0;
        _script.Tools.Add("a", "A", "{}", (_, _) => Task.FromResult($"{++runs}"));
        var contents = new List<string>();

        foreach (var isCut in new[] { true, false })
        {
            await foreach (var step in Turn(isTruncated: isCut).RunAsync([Call("0", "a", "")], inParallel: true, CancellationToken.None))
            {
                contents.Add((step as ChatToolResultStep)?.Content ?? "call");
            }
        }

        Assert.Equal(["call", """{"error":"The arguments of a are not valid: they are missing, because the response was truncated; write less. Call it again with arguments that match its schema."}""", "call", "1"], contents);
    }

    /// <summary>A run that is canceled while a tool or the approval runs, which then fails.</summary>
    private static async Task FailLateAsync(bool ofTool)
    {
        using var source = new CancellationTokenSource();
        var fail = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new ToolScript().Tool("a", async (city, _) => ofTool && await CancelAndFailAsync() ? city : city);
        var options = new ChatRunOptions { ApproveAsync = ofTool ? null : (_, _) => CancelAndFailAsync() };
        var turn = new ToolTurn(script.Tools, options, isTruncated: false, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var step in turn.RunAsync(Calls(), inParallel: true, source.Token))
            {
                Assert.IsType<ChatToolCallStep>(step);
            }
        });
        fail.SetResult(true);

        async Task<bool> CancelAndFailAsync()
        {
            source.CancelAfter(TimeSpan.Zero);
            await fail.Task;
            throw new InvalidOperationException("too late");
        }
    }

    private ToolTurn Turn(ChatRunOptions? options = null, bool isTruncated = false) => new(_script.Tools, options ?? new ChatRunOptions(), isTruncated, _time);

    private static ChatToolCall[] Calls() => [.. _cities.Select((city, index) => Call($"{index}", "a", $$"""{"city":"{{city}}"}"""))];

    private static ChatToolCall Call(string id, string? name, string? arguments) =>
        new() { Id = id, Type = ChatToolType.Function, Function = new ChatToolCallFunction { Name = name, Arguments = arguments is null ? default(ChatToolArguments?) : new ChatToolArguments(arguments) } };

    private async Task<List<string>> CollectAsync(
        bool inParallel, Func<ChatToolCall, CancellationToken, Task<bool>>? approve = null, ChatToolCall[]? calls = null, CancellationToken cancellationToken = default)
    {
        var steps = new List<string>();
        await foreach (var step in Turn(new ChatRunOptions { ApproveAsync = approve }).RunAsync(calls ?? Calls(), inParallel, cancellationToken))
        {
            steps.Add(step is ChatToolCallStep call ? $"call {call.Arguments.Split('"').ElementAtOrDefault(3)}" : ((ChatToolResultStep)step).Content);
        }

        return steps;
    }
}
