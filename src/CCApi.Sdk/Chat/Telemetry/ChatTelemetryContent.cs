using System;
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
    /// <param name="text">Prepares texts.</param>
    public static string Input(IReadOnlyList<ChatMessage> messages, int maxLength, TelemetryText text)
    {
        var kept = new Stack<(ChatMessage Message, List<MessagePart> Parts)>();
        var rest = maxLength;

        for (var i = messages.Count - 1; i >= 0 && rest > 0; i--)
        {
            var parts = MessagePart.Of(messages[i]);
            MessagePart.Prepare(parts, text, ref rest);
            rest -= parts.Count == 0 ? 1 : 0;
            kept.Push((messages[i], parts));
        }

        return ReadableJson.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var (message, parts) in kept)
            {
                Write(writer, message, parts, finishReason: null, text);
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>The messages of a response.</summary>
    /// <param name="choices">The choices, each of which is a message.</param>
    /// <param name="maxLength">The largest number of characters of their texts together.</param>
    /// <param name="text">Prepares texts.</param>
    public static string Output(
        IReadOnlyList<ChatCompletionChoice> choices, int maxLength, TelemetryText text) => ReadableJson.Write(writer =>
    {
        var rest = maxLength;
        writer.WriteStartArray();

        for (var i = 0; i < choices.Count && rest > 0; i++)
        {
            var choice = choices[i];
            var message = choice.Message ?? new ChatMessage { Role = ChatRole.Assistant };
            var parts = MessagePart.Of(message);
            MessagePart.Prepare(parts, text, ref rest);
            rest -= parts.Count == 0 ? 1 : 0;
            Write(writer, message, parts, text.Clean(choice.FinishReason?.Value) ?? string.Empty, text);
        }

        writer.WriteEndArray();
    });

    /// <summary>The names of the tools; null when there is none. The first ones are kept when there is too much.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="maxLength">The largest number of characters of their names together.</param>
    /// <param name="text">Prepares texts.</param>
    public static string? Tools(IReadOnlyList<ChatTool>? tools, int maxLength, TelemetryText text)
    {
        if (tools is not { Count: > 0 })
        {
            return null;
        }

        return ReadableJson.Write(writer =>
        {
            var rest = maxLength;
            writer.WriteStartArray();
            for (var i = 0; i < tools.Count && rest > 0; i++)
            {
                var name = text.Clean(tools[i].Function.Name) ?? string.Empty;
                writer.WriteStartObject();
                writer.WriteString("type", text.Clean(tools[i].Type.Value));
                writer.WriteString("name", name);
                writer.WriteEndObject();
                rest -= Math.Max(1, name.Length);
            }

            writer.WriteEndArray();
        });
    }

    private static void Write(
        Utf8JsonWriter writer, ChatMessage message, List<MessagePart> parts, string? finishReason, TelemetryText text)
    {
        writer.WriteStartObject();
        writer.WriteString("role", text.Clean(message.Role?.Value) ?? ChatRole.Assistant.Value);
        writer.WriteStartArray("parts");

        foreach (var part in parts)
        {
            part.WriteTo(writer);
        }

        writer.WriteEndArray();
        if (text.Clean(message.Name) is { } name)
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
