using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The state of a run: the conversation, its usage, and how many turns failed in a row.</summary>
internal sealed class RunState
{
    private readonly ChatRunOptions _options;
    private readonly TurnRequests _requests;
    private readonly List<ChatMessage> _messages;
    private readonly ToolCallIds _ids;
    private readonly List<ChatToolResultStep> _results = [];
    private readonly RunTotals _totals = new();
    private ChatCompletionResponse? _response;
    private int _turns;
    private int _failedTurns;

    public RunState(ChatCompletionRequest request, ChatTools tools, ChatRunOptions options)
    {
        _options = options;
        _requests = new TurnRequests(request, tools, options);
        _messages = [.. request.Messages];
        _ids = new ToolCallIds(_messages);
    }

    public int Turns => _turns;

    /// <summary>The calls of the last turn, as the model wrote them.</summary>
    public IReadOnlyList<ChatToolCall> Calls { get; private set; } = [];

    /// <summary>Whether the last response was truncated.</summary>
    public bool IsTruncated => TruncatedResponse.Is(_response!);

    public bool InParallel => _requests.InParallel;

    /// <summary>The request of the next turn.</summary>
    public ChatCompletionRequest Next() => _requests.Create(_messages, _turns);

    public ChatTurnStep Add(ChatCompletionResponse response)
    {
        _turns++;
        _response = response;
        _totals.Add(response);
        _results.Clear();
        Calls = [];

        if (response.Message is not { } received)
        {
            return new ChatTurnStep(response, message: null);
        }

        var turn = AssistantTurn.Create(received, _ids);
        _messages.Add(turn.Message);
        Calls = turn.Calls;

        return new ChatTurnStep(response, turn.Message);
    }

    /// <summary>Adds the result of the next call of the turn.</summary>
    public void Add(ChatToolResultStep result)
    {
        _results.Add(result);
        _messages.Add(result.Message);
    }

    public ChatRunEnd? EndAfterTurn() =>
        RunPolicy.AfterTurn(_options, Calls.Count, _turns, _totals.Tokens);

    public ChatRunEnd? EndAfterCalls()
    {
        _failedTurns = _results.TrueForAll(result => result.IsError) ? _failedTurns + 1 : 0;
        return RunPolicy.AfterCalls(_options, _failedTurns);
    }

    /// <summary>The last step.</summary>
    public ChatDoneStep Done(ChatRunEnd end) =>
        new(end, _response!, Messages(ToolResultText.NotRun()), _totals.Usage, _turns)
        {
            Cost = _totals.Cost,
        };

    /// <summary>What was done before an exception.</summary>
    /// <param name="failed">What the call that failed cost; null for nothing.</param>
    public ChatRunProgress Progress(CCApiCost? failed = null) => new()
    {
        Cost = _totals.CostWith(failed),
        Messages = Messages(ToolResultText.Interrupted()),
        Response = _response,
        Usage = _totals.Usage,
        Turns = _turns,
    };

    /// <summary>The conversation. Calls without a result get one, because a conversation with open calls cannot be continued.</summary>
    private List<ChatMessage> Messages(string missingResult) =>
        [.. _messages, .. Calls.Skip(_results.Count).Select(call => ChatMessage.Tool(call.Id!, missingResult))];
}
