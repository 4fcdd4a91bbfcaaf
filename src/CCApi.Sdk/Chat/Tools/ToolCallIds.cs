using System;
using System.Collections.Generic;
using System.Globalization;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// The ids of the tool calls of one conversation. Results refer to their call by its id, which some gateways leave out or use in
/// every turn (observed).
/// </summary>
internal sealed class ToolCallIds
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private int _created;

    /// <param name="history">The messages that the conversation starts with.</param>
    public ToolCallIds(IReadOnlyList<ChatMessage> history)
    {
        foreach (var message in history)
        {
            foreach (var call in message?.ToolCalls ?? [])
            {
                Use(call?.Id);
            }

            Use(message?.ToolCallId);
        }
    }

    /// <summary>The id itself when it is the first of its kind, else a new one.</summary>
    public string Claim(string? id)
    {
        if (Use(id))
        {
            return id!;
        }

        return Create();
    }

    private bool Use(string? id) => !string.IsNullOrWhiteSpace(id) && _used.Add(id!);

    /// <summary>
    /// Nine alphanumeric characters, which the strictest models require (observed of Mistral's). The number only grows, so that many
    /// calls cost linear time.
    /// </summary>
    private string Create()
    {
        string id;
        do
        {
            id = string.Format(CultureInfo.InvariantCulture, "call{0:00000}", _created++);
        }
        while (!_used.Add(id));

        return id;
    }
}
