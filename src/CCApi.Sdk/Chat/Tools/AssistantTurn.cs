using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>A message of the model as part of the history, and its tool calls as the model wrote them.</summary>
internal sealed class AssistantTurn
{
    private AssistantTurn(ChatMessage message, IReadOnlyList<ChatToolCall> calls)
    {
        Message = message;
        Calls = calls;
    }

    /// <summary>What is sent back: the message as received, corrected only where strict back ends would reject it.</summary>
    public ChatMessage Message { get; }

    /// <summary>The calls to run. Their ids are those of <see cref="Message"/>; their names and arguments are as received.</summary>
    public IReadOnlyList<ChatToolCall> Calls { get; }

    /// <param name="message">The message as received.</param>
    /// <param name="ids">The ids of the conversation so far.</param>
    public static AssistantTurn Create(ChatMessage message, ToolCallIds ids)
    {
        if (message.ToolCalls is not { Count: > 0 } received)
        {
            return new AssistantTurn(message, []);
        }

        var calls = received.Select(call => WithId(call, ids.Claim(call.Id))).ToArray();
        var sent = calls.Select(WithValidFunction).ToArray();
        var isUnchanged = sent.SequenceEqual(received);

        return new AssistantTurn(isUnchanged ? message : message.With(sent), calls);
    }

    /// <summary>The index belongs to the pieces of a stream; as part of a request some back ends reject it.</summary>
    private static ChatToolCall WithId(ChatToolCall call, string id)
    {
        var hasType = !string.IsNullOrEmpty(call.Type?.Value);
        var isSame = hasType && call.Id == id;
        if (isSame && call.Index is null)
        {
            return call;
        }

        return call.With(id, hasType ? call.Type : ChatToolType.Function);
    }

    private static ChatToolCall WithValidFunction(ChatToolCall call)
    {
        if (call.Type != ChatToolType.Function)
        {
            return call;
        }

        var function = call.Function ?? new ChatToolCallFunction();
        var name = ToolName.Clean(function.Name, "unknown");
        var arguments = ToolArguments.ToValid(function.Arguments);
        var isValid = name == function.Name && arguments == function.Arguments;

        if (isValid)
        {
            return call;
        }

        return call.With(function.With(name, arguments));
    }
}
