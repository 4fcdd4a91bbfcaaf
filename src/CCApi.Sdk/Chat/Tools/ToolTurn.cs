using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Runs the calls of one turn. Nothing that a model or a tool does wrong ends the run: the model is told.</summary>
internal sealed class ToolTurn
{
    private readonly ChatTools _tools;
    private readonly Func<ChatToolCall, CancellationToken, Task<bool>>? _approve;
    private readonly bool _isCut;

    /// <param name="tools">The tools that there are.</param>
    /// <param name="approve">Asked before each call that can be run.</param>
    /// <param name="isCut">Whether the answer ended before its time, so that arguments may be missing.</param>
    public ToolTurn(ChatTools tools, Func<ChatToolCall, CancellationToken, Task<bool>>? approve, bool isCut)
    {
        _tools = tools;
        _approve = approve;
        _isCut = isCut;
    }

    /// <summary>Each call, then its result. In parallel, all calls come first.</summary>
    public async IAsyncEnumerable<ChatRunStep> RunAsync(IReadOnlyList<ChatToolCall> calls, bool inParallel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<ChatToolResultStep>>();
        try
        {
            var batches = inParallel ? [calls] : calls.Select(call => (IReadOnlyList<ChatToolCall>)[call]);
            foreach (var batch in batches)
            {
                foreach (var call in batch)
                {
                    yield return new ChatToolCallStep(call);
                }

                // Whoever approves is asked one question after the other, and before anything runs.
                var ready = new List<Func<Task<ChatToolResultStep>>>();
                foreach (var call in batch)
                {
                    ready.Add(await PrepareAsync(call, stop.Token, cancellationToken).ConfigureAwait(false));
                }

                running = [.. ready.Select(run => run())];
                foreach (var task in running)
                {
                    yield return await ResultAsync(task, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            // Nothing goes on behind the back of a caller who has left.
            await StopAsync(stop, running).ConfigureAwait(false);
        }
    }

    /// <summary>Finds the tool, reads the arguments and asks for approval; what comes back runs the call, or tells why not.</summary>
    private async Task<Func<Task<ChatToolResultStep>>> PrepareAsync(ChatToolCall call, CancellationToken toolToken, CancellationToken cancellationToken)
    {
        var name = call.Function?.Name;
        if (_tools.Find(name) is not { } function)
        {
            return Error(call, ToolResultText.NoSuchTool(name, _tools));
        }

        if (!ToolArguments.TryParse(call.Function?.Arguments?.ToString() ?? string.Empty, _isCut, out var arguments, out var problem)
            || function.Bind(arguments, out problem) is not { } run)
        {
            return Error(call, ToolResultText.WrongArguments(name!, problem!));
        }

        return _approve is null || await _approve(call, cancellationToken).ConfigureAwait(false)
            ? () => InvokeAsync(call, run, toolToken)
            : Error(call, ToolResultText.Refused(name!));
    }

    private static Func<Task<ChatToolResultStep>> Error(ChatToolCall call, string content) => () => Task.FromResult(new ChatToolResultStep(call, content, isError: true));

    private static async Task<ChatToolResultStep> InvokeAsync(ChatToolCall call, Func<CancellationToken, Task<string>> run, CancellationToken cancellationToken)
    {
        try
        {
            return new ChatToolResultStep(call, await run(cancellationToken).ConfigureAwait(false) ?? string.Empty);
        }
#pragma warning disable CA1031 // Whatever a tool throws is told to the model.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new ChatToolResultStep(call, ToolResultText.Failed(call.Function!.Name!, exception.Message), isError: true, exception);
        }
#pragma warning restore CA1031
    }

    private static async Task<ChatToolResultStep> ResultAsync(Task<ChatToolResultStep> task, CancellationToken cancellationToken)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The exception that a caller gets names the caller's token.
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private static async Task StopAsync(CancellationTokenSource stop, List<Task<ChatToolResultStep>> running)
    {
        if (running.TrueForAll(task => task.IsCompleted))
        {
            return;
        }

#pragma warning disable CA1849 // The asynchronous way does not exist on netstandard2.0.
        stop.Cancel();
#pragma warning restore CA1849
        try
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
