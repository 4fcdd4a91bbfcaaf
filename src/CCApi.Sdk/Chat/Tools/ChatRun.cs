using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Asks the model, runs the tools that it calls, tells it the results, and so on until it answers.</summary>
internal static class ChatRun
{
    public static void Check(ChatCompletionRequest request, ChatTools tools, ChatRunOptions options)
    {
        ChatRequestValidation.Check(request);
        Require.NotNull(tools, nameof(tools));
        options.Check("runOptions");
        if (request.Stream == true)
        {
            throw new ArgumentException("The request has Stream = true: set ChatRunOptions.Stream instead.", nameof(request));
        }

        if (request.Tools is { Count: > 0 })
        {
            throw new ArgumentException("The request has tools of its own, which nobody would run: add them to the ChatTools.", nameof(request));
        }

        if (request.N > 1)
        {
            throw new ArgumentException("The request asks for several answers, of which a run can use one: leave N unset.", nameof(request));
        }
    }

    public static async IAsyncEnumerable<ChatRunStep> RunAsync(
        ChatClient client,
        ChatCompletionRequest request,
        ChatTools tools,
        ChatRunOptions runOptions,
        CCApiRequestOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var state = new RunState(request, tools, runOptions);
        ChatRunEnd? end = null;
        while (end is null)
        {
            var callOptions = options?.ForCall(state.Turns);
            ChatCompletionResponse response;
            if (runOptions.Stream)
            {
                var stream = client.StreamAsync(state.Next(), callOptions, cancellationToken);
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
                response = await client.CompleteAsync(state.Next(), callOptions, cancellationToken).ConfigureAwait(false);
            }

            yield return state.Add(response);
            end = state.EndAfterTurn();
            if (end is null)
            {
                var results = new List<ChatToolResultStep>();
                var turn = new ToolTurn(tools, runOptions.ApproveAsync, state.IsCut);
                await foreach (var step in turn.RunAsync(state.Calls, state.InParallel, cancellationToken).ConfigureAwait(false))
                {
                    if (step is ChatToolResultStep result)
                    {
                        results.Add(result);
                    }

                    yield return step;
                }

                state.Add(results);
                end = state.EndAfterCalls();
            }
        }

        yield return state.Done(end.Value);
    }

    /// <summary>Calls of tools are steps of their own, once they are whole.</summary>
    private static ChatRunStep? Step(ChatStreamUpdate update) => update.Kind switch
    {
        ChatStreamUpdateKind.Text => new ChatTextStep(update.Text),
        ChatStreamUpdateKind.Reasoning => new ChatReasoningStep(update.Text),
        _ => null,
    };
}
