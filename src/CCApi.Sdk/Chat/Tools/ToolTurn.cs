using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Runs the calls of one turn. Nothing that a model or a tool does wrong ends the run: it is reported to the model.</summary>
internal sealed class ToolTurn
{
    /// <summary>How long tools may take to end when the caller has left the loop.</summary>
    private static readonly TimeSpan _timeToEnd = TimeSpan.FromSeconds(1);

    private readonly ChatTools _tools;
    private readonly ChatRunOptions _options;
    private readonly bool _isTruncated;
    private readonly TimeProvider _time;
    private readonly ToolTelemetrySource? _telemetry;
    private readonly CancellationToken _closed;

    /// <param name="tools">The available tools.</param>
    /// <param name="options">The limits, and who approves calls.</param>
    /// <param name="isTruncated">Whether the response was truncated, so that arguments may be missing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="telemetry">Starts the spans of the tools; null for none.</param>
    /// <param name="closed">Is canceled when the client is disposed.</param>
    public ToolTurn(
        ChatTools tools,
        ChatRunOptions options,
        bool isTruncated,
        TimeProvider time,
        ToolTelemetrySource? telemetry = null,
        CancellationToken closed = default)
    {
        _tools = tools;
        _options = options;
        _isTruncated = isTruncated;
        _time = time;
        _telemetry = telemetry;
        _closed = closed;
    }

    /// <summary>Each call, then its result. In parallel, all calls come first.</summary>
    public async IAsyncEnumerable<ChatRunStep> RunAsync(
        IReadOnlyList<ChatToolCall> calls,
        bool inParallel,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed);
        var running = new List<PendingToolCall>();

        try
        {
            var batchSize = inParallel ? Math.Max(calls.Count, 1) : 1;
            for (var start = 0; start < calls.Count; start += batchSize)
            {
                for (var i = start; i < start + batchSize; i++)
                {
                    yield return new ChatToolCallStep(calls[i]);
                }

                // Approval is requested for one call after the other, and before anything runs.
                var ready = new List<PendingToolCall>();

                for (var i = start; i < start + batchSize; i++)
                {
                    var isTooMany = i >= _options.MaxCallsPerTurn;
                    ready.Add(isTooMany
                        ? TooMany(calls[i])
                        : await PrepareAsync(calls[i], cancellationToken).ConfigureAwait(false));
                }

                running = ready;
                PendingToolCall.StartAll(running, _options.MaxParallelCalls, _telemetry, stop.Token);

                foreach (var call in running)
                {
                    yield return await WaitAsync(call.Result, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await StopAsync(stop, running, cancellationToken).ConfigureAwait(false);
        }
    }

    private PendingToolCall TooMany(ChatToolCall call) =>
        new(call, ToolResultText.TooManyCalls(_options.MaxCallsPerTurn));

    /// <summary>Finds the tool, reads the arguments and requests approval.</summary>
    private async Task<PendingToolCall> PrepareAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        var name = call.Function?.Name;
        if (_tools.Find(name) is not { } function)
        {
            return new PendingToolCall(call, ToolResultText.UnknownTool(name, _tools));
        }

        var text = call.Function?.Arguments?.ToString() ?? string.Empty;
        if (!ToolArguments.TryParse(text, _isTruncated, out var arguments, out var problem)
            || function.Bind(arguments, out problem) is not { } run)
        {
            return new PendingToolCall(call, ToolResultText.InvalidArguments(name!, problem!, text));
        }

        var isApproved = await IsApprovedAsync(call, cancellationToken).ConfigureAwait(false);
        if (!isApproved)
        {
            return new PendingToolCall(call, ToolResultText.NotApproved(name!));
        }

        return new PendingToolCall(call, run, function.Definition.Function.Description);
    }

    /// <summary>Apart from the caller, so that a hook that blocks its thread or ignores its token does not delay a cancellation.</summary>
    private async Task<bool> IsApprovedAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        if (_options.ApproveAsync is not { } approve)
        {
            return true;
        }

        var approval = Task.Run(() => approve(call, cancellationToken), CancellationToken.None);
        Observe(approval);

        return await WaitAsync(approval, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for a tool or a hook, which may ignore its token, until the run is canceled or the client is disposed.</summary>
    private async Task<T> WaitAsync<T>(Task<T> task, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed);
        try
        {
            return await task.OrCanceled(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (stop.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ObjectDisposedException($"{ProductName.Client} was disposed while a tool was running.", exception);
        }
    }

    /// <summary>What a hook throws after the run was canceled has no other reader.</summary>
    private static void Observe(Task task) =>
        task.ContinueWith(
            failed => _ = failed.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    /// <summary>
    /// Cancels what still runs. A caller who has left the loop gets tools that have ended, unless one ignores its token; a caller
    /// who cancels is not kept waiting.
    /// </summary>
    private async Task StopAsync(
        CancellationTokenSource stop, List<PendingToolCall> running, CancellationToken cancellationToken)
    {
        if (running.TrueForAll(call => call.Result.IsCompleted))
        {
            return;
        }

        try
        {
#pragma warning disable CA1849 // The asynchronous form does not exist on netstandard2.0.
            stop.Cancel();
#pragma warning restore CA1849
        }
        catch (AggregateException)
        {
            // A callback that a tool registered with its token: there is nobody to report it to.
        }

        if (cancellationToken.IsCancellationRequested || _closed.IsCancellationRequested)
        {
            return;
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(
            Task.WhenAll(running.Select(call => call.Result)),
            _time.Wait(_timeToEnd, waiting.Token)).ConfigureAwait(false);
#pragma warning disable CA1849 // As above.
        waiting.Cancel();
#pragma warning restore CA1849
    }
}
