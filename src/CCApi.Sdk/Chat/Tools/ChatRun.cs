using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Calls the model, runs the tools that it calls, sends the results, and so on until it completes.</summary>
internal static class ChatRun
{
    public static async IAsyncEnumerable<ChatRunStep> RunAsync(
        IChatSender sender,
        ChatCompletionRequest request,
        ChatTools tools,
        ChatRunOptions runOptions,
        CCApiRequestOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var state = new RunState(request, tools, runOptions);
        using var telemetry = RunTelemetry.Start(request, sender.ToolTelemetry(options), sender.Time);
        var steps = StepsAsync(sender, state, tools, runOptions, options, cancellationToken).GetAsyncEnumerator(cancellationToken);

        await using (steps.ConfigureAwait(false))
        {
            while (await MoveNextAsync(steps, state, telemetry).ConfigureAwait(false))
            {
                yield return steps.Current;
            }
        }
    }

    /// <remarks>The current span of an iterator is the one of the caller that resumes it.</remarks>
    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<ChatRunStep> steps, RunState state, RunTelemetry? telemetry)
    {
        telemetry?.Enter();
        try
        {
            var hasStep = await steps.MoveNextAsync().ConfigureAwait(false);
            telemetry?.AddStep();

            return hasStep;
        }
        catch (Exception exception)
        {
            telemetry?.Fail(exception);
            ChatRunProgress.Attach(exception, state.Progress((exception as CCApiException)?.Cost));
            throw;
        }
    }

    private static async IAsyncEnumerable<ChatRunStep> StepsAsync(
        IChatSender sender,
        RunState state,
        ChatTools tools,
        ChatRunOptions runOptions,
        CCApiRequestOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChatRunEnd? end = null;
        while (end is null)
        {
            var callOptions = CCApiRequestOptions.ForTurn(options, state.Turns, runOptions.Budget);
            ChatCompletionResponse response;
            if (runOptions.Stream)
            {
                var stream = sender.StreamAsync(state.Next(), callOptions, cancellationToken);
                await foreach (var update in stream.ReadUpdatesAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (Step(update) is { } step)
                    {
                        yield return step;
                    }
                }

                response = await stream.GetResponseAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                response = await sender.CompleteAsync(
                    state.Next(), callOptions, cancellationToken).ConfigureAwait(false);
            }

            yield return state.Add(response);
            end = state.EndAfterTurn();
            if (end is null)
            {
                var turn = new ToolTurn(tools, runOptions, state.IsTruncated, sender.Time, sender.ToolTelemetry(options), sender.Closed);
                await foreach (var step in turn.RunAsync(state.Calls, state.InParallel, cancellationToken).ConfigureAwait(false))
                {
                    if (step is ChatToolResultStep result)
                    {
                        state.Add(result);
                    }

                    yield return step;
                }

                end = state.EndAfterCalls();
            }
        }

        yield return state.Done(end.Value);
    }

    /// <summary>Tool calls are steps of their own, once they are complete.</summary>
    private static ChatRunStep? Step(ChatStreamUpdate update) => update.Kind switch
    {
        ChatStreamUpdateKind.Text => new ChatTextStep(update.Text),
        ChatStreamUpdateKind.Reasoning => new ChatReasoningStep(update.Text),
        _ => null,
    };
}
