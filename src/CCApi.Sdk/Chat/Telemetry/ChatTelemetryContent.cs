using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Messages as the attributes of a span have them: JSON text in the form that the conventions define. Media are described, not
/// included.
/// </summary>
internal static class ChatTelemetryContent
{
    /// <summary>The messages of a request. The last ones are kept when there is too much.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="maxLength">The largest number of characters of their texts together.</param>
    public static string Input(IReadOnlyList<ChatMessage> messages, int maxLength)
    {
        var kept = new Stack<(ChatMessage Message, List<MessagePart> Parts)>();
        var rest = maxLength;

        for (var i = messages.Count - 1; i >= 0 && rest > 0; i--)
        {
            var parts = MessagePart.Of(messages[i]);
            MessagePart.Truncate(parts, ref rest);
            kept.Push((messages[i], parts));
        }

        return ReadableJson.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var (message, parts) in kept)
            {
                Write(writer, message, parts, finishReason: null);
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>The messages of a response.</summary>
    /// <param name="choices">The choices, each of which is a message.</param>
    /// <param name="maxLength">The largest number of characters of their texts together.</param>
    public static string Output(IReadOnlyList<ChatCompletionChoice> choices, int maxLength) => ReadableJson.Write(writer =>
    {
        var rest = maxLength;
        writer.WriteStartArray();

        foreach (var choice in choices)
        {
            var message = choice.Message ?? new ChatMessage { Role = ChatRole.Assistant };
            var parts = MessagePart.Of(message);
            MessagePart.Truncate(parts, ref rest);
            Write(writer, message, parts, choice.FinishReason?.Value ?? string.Empty);
        }

        writer.WriteEndArray();
    });

    /// <summary>The names of the tools; null when there is none.</summary>
    public static string? Tools(IReadOnlyList<ChatTool>? tools)
    {
        if (tools is not { Count: > 0 })
        {
            return null;
        }

        return ReadableJson.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var tool in tools)
            {
                writer.WriteStartObject();
                writer.WriteString("type", tool.Type.Value);
                writer.WriteString("name", tool.Function.Name);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter writer, ChatMessage message, List<MessagePart> parts, string? finishReason)
    {
        writer.WriteStartObject();
        writer.WriteString("role", string.IsNullOrEmpty(message.Role?.Value) ? ChatRole.Assistant.Value : message.Role!.Value.Value);
        writer.WriteStartArray("parts");

        foreach (var part in parts)
        {
            part.WriteTo(writer);
        }

        writer.WriteEndArray();
        if (message.Name is { } name)
        {
            writer.WriteString("name", name);
        }

        if (finishReason is not null)
        {
            // The conventions name this one in the singular.
            writer.WriteString("finish_reason", finishReason == FinishReason.ToolCalls.Value ? "tool_call" : finishReason);
        }

        writer.WriteEndObject();
    }
}
