using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class ToolTurnTests
{
    private static readonly string[] _cities = ["Oslo", "Rome", "Lima"];

    private readonly ToolScript _script = new();

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
    public async Task RunAsync_OfACallThatIsNotApproved_TellsTheModel(bool inParallel)
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
        Assert.Equal("""{"error":"The call of a was not allowed. Go on without it."}""", steps[inParallel ? 4 : 3]);
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
                """{"error":"The arguments of a cannot be used: $.city is missing. Call it again with arguments that fit its schema."}""",
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
    public async Task RunAsync_OfAToolThatThrows_KeepsTheExceptionAndTellsItsMessage()
    {
        var thrown = new FormatException("No such city.");
        _script.Tool("a", (_, _) => throw thrown);
        var results = new List<ChatToolResultStep>();

        await foreach (var step in new ToolTurn(_script.Tools, null, isCut: false).RunAsync(Calls(), inParallel: true, CancellationToken.None))
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
    public async Task RunAsync_OfAToolThatGivesUp_TellsTheModel()
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
        var ended = 0;
        _script.Tool("a", async (_, cancellationToken) =>
        {
            try
            {
                source.Cancel();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return "";
            }
            finally
            {
                ended++;
            }
        });

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(CollectAsync(inParallel, cancellationToken: source.Token)));

        Assert.Equal((source.Token, inParallel ? 3 : 1), (exception.CancellationToken, ended));
    }

    [Fact]
    public async Task RunAsync_Left_CancelsWhatRunsAndWaitsForIt()
    {
        var ended = false;
        _script.Tool("a", async (city, cancellationToken) =>
        {
            if (city == "Oslo")
            {
                return city;
            }

            try
            {
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
            await foreach (var step in new ToolTurn(_script.Tools, null, isCut: false).RunAsync(Calls(), inParallel: true, CancellationToken.None))
            {
                if (step is ChatToolResultStep)
                {
                    break;
                }
            }
        }
    }

    [Fact]
    public async Task RunAsync_OfAnAnswerThatWasCut_DoesNotTakeNothingForNoArguments()
    {
        var runs = 0;
        _script.Tools.Add("a", "A", "{}", (_, _) => Task.FromResult($"{++runs}"));
        var contents = new List<string>();

        foreach (var isCut in new[] { true, false })
        {
            await foreach (var step in new ToolTurn(_script.Tools, null, isCut).RunAsync([Call("0", "a", "")], inParallel: true, CancellationToken.None))
            {
                contents.Add((step as ChatToolResultStep)?.Content ?? "call");
            }
        }

        Assert.Equal(["call", """{"error":"The arguments of a cannot be used: they were cut off; write less. Call it again with arguments that fit its schema."}""", "call", "1"], contents);
    }

    private static ChatToolCall[] Calls() => [.. _cities.Select((city, index) => Call($"{index}", "a", $$"""{"city":"{{city}}"}"""))];

    private static ChatToolCall Call(string id, string? name, string? arguments) =>
        new() { Id = id, Type = ChatToolType.Function, Function = new ChatToolCallFunction { Name = name, Arguments = arguments is null ? default(ChatToolArguments?) : new ChatToolArguments(arguments) } };

    private async Task<List<string>> CollectAsync(
        bool inParallel, Func<ChatToolCall, CancellationToken, Task<bool>>? approve = null, ChatToolCall[]? calls = null, CancellationToken cancellationToken = default)
    {
        var steps = new List<string>();
        await foreach (var step in new ToolTurn(_script.Tools, approve, isCut: false).RunAsync(calls ?? Calls(), inParallel, cancellationToken))
        {
            steps.Add(step is ChatToolCallStep call ? $"call {call.Arguments.Split('"').ElementAtOrDefault(3)}" : ((ChatToolResultStep)step).Content);
        }

        return steps;
    }
}
