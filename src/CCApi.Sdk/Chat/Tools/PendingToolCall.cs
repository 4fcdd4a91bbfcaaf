using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>A call that is ready to run, or whose result is known already.</summary>
internal sealed class PendingToolCall
{
    private readonly TaskCompletionSource<ChatToolResultStep> _result = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChatToolCall _call;
    private readonly Func<CancellationToken, Task<string>>? _run;
    private readonly string? _description;

    /// <param name="call">A call that can run.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="description">The description of the tool.</param>
    public PendingToolCall(ChatToolCall call, Func<CancellationToken, Task<string>> run, string? description) =>
        (_call, _run, _description) = (call, run, description);

    /// <param name="call">A call that cannot run.</param>
    /// <param name="error">What the model is sent.</param>
    public PendingToolCall(ChatToolCall call, string error)
    {
        _call = call;
        _result.SetResult(new ChatToolResultStep(call, error, isError: true));
    }

    /// <summary>The result, or canceled. It never fails, so that a result that is not awaited raises nothing.</summary>
    public Task<ChatToolResultStep> Result => _result.Task;

    /// <summary>
    /// Runs calls, a limited number at a time, and starts them one after the other in their order. It runs apart from the caller,
    /// whom a tool that blocks its thread must not block.
    /// </summary>
    public static void StartAll(
        IReadOnlyList<PendingToolCall> calls, int maxParallelCalls, ToolTelemetrySource? telemetry, CancellationToken cancellationToken) =>
        _ = Task.Run(() => RunAllAsync(calls, maxParallelCalls, telemetry, cancellationToken), CancellationToken.None);

    private static async Task RunAllAsync(
        IReadOnlyList<PendingToolCall> calls, int maxParallelCalls, ToolTelemetrySource? telemetry, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // Without a wait handle it holds nothing, and a tool that ignores its token may release it long after.
        var slots = new SemaphoreSlim(maxParallelCalls);
#pragma warning restore CA2000
        foreach (var call in calls)
        {
            if (call._run is null)
            {
                continue;
            }

            try
            {
                await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                call._result.TrySetCanceled(cancellationToken);
                continue;
            }

            _ = call.RunAsync(slots, telemetry, cancellationToken);
        }
    }

    private async Task RunAsync(SemaphoreSlim slots, ToolTelemetrySource? telemetry, CancellationToken cancellationToken)
    {
        try
        {
            var content = await RunAsync(telemetry, cancellationToken).ConfigureAwait(false);
            _result.TrySetResult(new ChatToolResultStep(_call, content ?? string.Empty));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _result.TrySetCanceled(cancellationToken);
        }
#pragma warning disable CA1031 // Whatever a tool throws is reported to the model.
        catch (Exception exception)
        {
            _result.TrySetResult(new ChatToolResultStep(
                _call,
                ToolResultText.Failed(_call.Function!.Name!, exception.Message),
                isError: true,
                exception));
        }
#pragma warning restore CA1031
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Runs the tool within its span, which has ended when the result is known.</summary>
    private async Task<string?> RunAsync(ToolTelemetrySource? telemetry, CancellationToken cancellationToken)
    {
        using var span = telemetry?.Start(_call, _description);
        try
        {
            var content = await _run!(cancellationToken).ConfigureAwait(false);
            span?.AddResult(content);

            return content;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            span?.Fail(exception);
            throw;
        }
    }
}
