using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>What a run knows so far: the conversation, what it used, and how many turns failed in a row.</summary>
internal sealed class RunState
{
    private readonly ChatCompletionRequest _request;
    private readonly ChatRunOptions _options;
    private readonly List<ChatTool> _tools;
    private readonly List<ChatMessage> _messages;
    private ChatCompletionResponse? _response;
    private Usage? _usage;
    private int _turns;
    private int _failedTurns;

    public RunState(ChatCompletionRequest request, ChatTools tools, ChatRunOptions options)
    {
        _request = request;
        _options = options;
        _tools = [.. tools];
        _messages = [.. request.Messages];
    }

    public int Turns => _turns;

    /// <summary>The calls of the last turn.</summary>
    public IReadOnlyList<ChatToolCall> Calls { get; private set; } = [];

    /// <summary>Whether the last answer ended before its time.</summary>
    public bool IsCut => _response!.IsTruncated || _response.FinishReason == FinishReason.Length;

    public bool InParallel => (_options.ParallelToolCalls ?? _request.ParallelToolCalls) != false;

    /// <summary>What to ask next.</summary>
    public ChatCompletionRequest Next()
    {
        var next = _request.Copy();
        next.Messages = [.. _messages];
        if (_tools.Count > 0)
        {
            next.Tools = _tools;
            next.ParallelToolCalls = _options.ParallelToolCalls ?? _request.ParallelToolCalls;
        }

        // Who must call a tool in every turn never comes to an answer.
        if (_turns > 0 && next.ToolChoice is { } choice && (choice.Named is not null || choice.Mode == ChatToolChoice.Required.Mode))
        {
            next.ToolChoice = null;
        }

        return next;
    }

    public ChatTurnStep Add(ChatCompletionResponse response)
    {
        _turns++;
        _response = response;
        _usage = UsageTotal.Add(_usage, response.Usage);
        var message = response.Message is { } answered ? AssistantTurn.Of(answered, _messages.Count) : null;
        if (message is not null)
        {
            _messages.Add(message);
        }

        Calls = message?.ToolCalls ?? [];
        return new ChatTurnStep(response, message);
    }

    public void Add(IReadOnlyList<ChatToolResultStep> results)
    {
        _messages.AddRange(results.Select(result => result.Message));
        _failedTurns = results.All(result => result.IsError) ? _failedTurns + 1 : 0;
    }

    public ChatRunEnd? EndAfterTurn() => RunPolicy.AfterTurn(_options, Calls.Count, _turns, UsageTotal.Total(_usage) ?? 0);

    public ChatRunEnd? EndAfterCalls() => RunPolicy.AfterCalls(_options, _failedTurns);

    /// <summary>The last step. Calls that were not run are answered all the same: a conversation with open calls cannot go on.</summary>
    public ChatDoneStep Done(ChatRunEnd end)
    {
        if (end is ChatRunEnd.MaxTurns or ChatRunEnd.TokenLimit)
        {
            _messages.AddRange(Calls.Select(call => ChatMessage.Tool(call.Id!, ToolResultText.NotRun())));
        }

        return new ChatDoneStep(end, _response!, _messages, _usage, _turns);
    }
}
