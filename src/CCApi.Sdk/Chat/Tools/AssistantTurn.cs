using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>What goes back of an answer as part of the history: the message as it came, mended only where a gateway would refuse it.</summary>
internal static class AssistantTurn
{
    /// <param name="message">The message as it came.</param>
    /// <param name="position">Its place in the conversation, for ids that no other message has.</param>
    public static ChatMessage Of(ChatMessage message, int position)
    {
        if (message.ToolCalls is not { } calls)
        {
            return message;
        }

        if (calls.Count == 0)
        {
            // Gateways send an empty list but refuse to get one.
            return message.With(toolCalls: null);
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var mended = calls.Select((call, index) => Mend(call, ids, position, index)).ToArray();
        return mended.SequenceEqual(calls) ? message : message.With(mended);
    }

    /// <summary>Results refer to their call by its id, which some gateways leave out or give twice. The index is for the pieces of a stream; as part of a request some refuse it.</summary>
    private static ChatToolCall Mend(ChatToolCall call, HashSet<string> ids, int position, int index)
    {
        var hasId = !string.IsNullOrEmpty(call.Id) && ids.Add(call.Id!);
        var hasType = !string.IsNullOrEmpty(call.Type?.Value);
        return hasId && hasType && call.Index is null ? call : call.With(hasId ? call.Id : NewId(ids, position, index), hasType ? call.Type : ChatToolType.Function);
    }

    /// <summary>Nine letters and digits, which the strictest models want (observed of Mistral's).</summary>
    private static string NewId(HashSet<string> ids, int position, int index)
    {
        string id;
        do
        {
            id = string.Format(CultureInfo.InvariantCulture, "call{0:000}{1:00}", position, index++);
        }
        while (!ids.Add(id));

        return id;
    }
}
