using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Creates the requests of the turns of a run.</summary>
/// <param name="request">The caller's request. It is not changed.</param>
/// <param name="tools">The tools that the model may call.</param>
/// <param name="options">The options of the run.</param>
internal sealed class TurnRequests(ChatCompletionRequest request, ChatTools tools, ChatRunOptions options)
{
    private readonly List<ChatTool> _tools = [.. tools];

    /// <summary>Whether the calls of a turn may run at the same time.</summary>
    public bool InParallel => ParallelToolCalls != false;

    private bool? ParallelToolCalls => options.ParallelToolCalls ?? request.ParallelToolCalls;

    /// <summary>Creates the request of the next turn.</summary>
    /// <param name="messages">The conversation so far. It is copied.</param>
    /// <param name="turns">How many turns there were.</param>
    public ChatCompletionRequest Create(List<ChatMessage> messages, int turns)
    {
        var next = request.Copy();
        next.Messages = [.. messages];
        if (_tools.Count > 0)
        {
            next.Tools = _tools;
            next.ParallelToolCalls = ParallelToolCalls;
        }

        // A model that must call a tool in every turn never completes.
        if (turns > 0 && MustCall(next.ToolChoice))
        {
            next.ToolChoice = null;
        }

        return next;
    }

    private static bool MustCall(ChatToolChoice? choice)
    {
        if (choice is not { } known)
        {
            return false;
        }

        return known.Named is not null || known.Mode == ChatToolChoice.Required.Mode;
    }
}
