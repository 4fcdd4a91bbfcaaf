using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>What a chat request must have before it is sent.</summary>
internal static class ChatRequestValidation
{
    public static void Check(ChatCompletionRequest request)
    {
        Require.NotNull(request, nameof(request));

        if (string.IsNullOrWhiteSpace(request.Model) && request.Models is not { Count: > 0 })
        {
            throw new ArgumentException(
                "The request names no model: set Model, or Models for failover.", nameof(request));
        }

        if (request.Models?.Any(string.IsNullOrWhiteSpace) == true)
        {
            throw new ArgumentException("Models holds an empty id.", nameof(request));
        }

        if (request.Messages is not { Count: > 0 })
        {
            throw new ArgumentException(
                "The request has no messages: add at least one, such as ChatMessage.User(\"...\").",
                nameof(request));
        }

        if (!HaveRoles(request.Messages))
        {
            throw new ArgumentException(
                "A message has no role: create it with ChatMessage.User, ChatMessage.System, ChatMessage.Assistant or "
                + "ChatMessage.Tool, or set Role.",
                nameof(request));
        }
    }

    public static ChatCompletionRequest FromPrompt(string model, string prompt) => new()
    {
        Model = Require.Text(model, nameof(model)),
        Messages = [ChatMessage.User(Require.Text(prompt, nameof(prompt)))],
    };

    private static bool HaveRoles(IReadOnlyList<ChatMessage> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if (string.IsNullOrEmpty(messages[i]?.Role?.Value))
            {
                return false;
            }
        }

        return true;
    }
}
