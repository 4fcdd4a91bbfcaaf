using System;
using System.Collections.Generic;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Writes a conversation as the messages of a request.</summary>
internal static class MessageWriter
{
    /// <summary>The messages, after the instructions if there are any.</summary>
    /// <exception cref="ArgumentException">Content has no form on the wire.</exception>
    public static List<Wire.ChatMessage> Write(IEnumerable<ChatMessage> conversation, string? instructions)
    {
        var messages = new List<Wire.ChatMessage>();
        if (!string.IsNullOrWhiteSpace(instructions))
        {
            messages.Add(Wire.ChatMessage.System(instructions!));
        }

        foreach (var message in conversation)
        {
            if (message is null)
            {
                throw new ArgumentException("The conversation has a message that is null.", ArgumentNames.Messages);
            }

            if (message.RawRepresentation is Wire.ChatMessage raw)
            {
                messages.Add(raw);
                continue;
            }

            new MessageDraft(message).AddTo(messages);
        }

        return messages;
    }
}
