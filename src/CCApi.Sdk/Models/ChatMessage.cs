using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatMessage : IUnknownMembers
{
    /// <summary>A message of the person.</summary>
    /// <param name="content">A text, or parts.</param>
    public static ChatMessage User(ChatMessageContent content) => new() { Role = ChatRole.User, Content = content };

    /// <summary>A message of the person that is made of parts, such as a text and an image.</summary>
    /// <param name="parts">The parts, in their order.</param>
    public static ChatMessage User(params ChatContentPart[] parts) => User(new ChatMessageContent(parts));

    /// <summary>A message of the person: a text, and what it is about.</summary>
    /// <param name="text">The text; when it is empty, only the parts are sent.</param>
    /// <param name="parts">What follows it, such as images; with none, the text is sent as a string.</param>
    /// <example><code>
    /// var message = ChatMessage.User("What is this?", ChatContentPart.ImageFromFile("photo.jpg"));
    /// </code></example>
    public static ChatMessage User(string text, params ChatContentPart[] parts)
    {
        Require.NotNull(text, nameof(text));
        Require.NotNull(parts, nameof(parts));
        if (parts.Length == 0)
        {
            return User(new ChatMessageContent(text));
        }

        // An empty text part is what some back ends reject.
        if (text.Length == 0)
        {
            return User(parts);
        }

        return User([ChatContentPart.FromText(text), .. parts]);
    }

    /// <summary>Instructions for the model, usually the first message.</summary>
    /// <param name="content">A text, or parts.</param>
    public static ChatMessage System(ChatMessageContent content) => new() { Role = ChatRole.System, Content = content };

    /// <summary>A response of the model, as part of the history.</summary>
    /// <param name="content">A text, or parts.</param>
    public static ChatMessage Assistant(ChatMessageContent content) => new() { Role = ChatRole.Assistant, Content = content };

    /// <summary>The tool calls of the model, as part of the history; a message of each result must follow.</summary>
    /// <param name="toolCalls">The calls as the model made them.</param>
    public static ChatMessage Assistant(IReadOnlyList<ChatToolCall> toolCalls) => new()
    {
        Role = ChatRole.Assistant,
        ToolCalls = toolCalls,
    };

    /// <summary>The result of a tool call.</summary>
    /// <param name="toolCallId">The id of the call whose result this is.</param>
    /// <param name="content">What the tool returned, usually JSON text.</param>
    public static ChatMessage Tool(string toolCallId, ChatMessageContent content) =>
        new() { Role = ChatRole.Tool, ToolCallId = toolCallId, Content = content };

    /// <summary>The reasoning, wherever the gateway put it: the first of its members that is not empty.</summary>
    internal string? GetReasoning() => ReasoningOf(ReasoningContent, Reasoning, Content, ReasoningDetails);

    /// <summary>The first of the places of reasoning that is not empty.</summary>
    internal static string? ReasoningOf(string? reasoningContent, string? reasoning, ChatMessageContent? content, JsonElement? details) =>
        NonEmpty(reasoningContent) ?? NonEmpty(reasoning) ?? NonEmpty(content?.Reasoning) ?? NonEmpty(TextOfDetails(details));

    /// <summary>The text of the details of reasoning; null when they have another form.</summary>
    internal static string? TextOfDetails(JsonElement? reasoningDetails)
    {
        if (reasoningDetails is not { ValueKind: JsonValueKind.Array } details)
        {
            return null;
        }

        var text = new StringBuilder();

        foreach (var detail in details.EnumerateArray())
        {
            text.Append(JsonMember.Text(detail, "text"u8) ?? JsonMember.Text(detail, "summary"u8));
        }

        return text.ToString();
    }

    // Gateways leave out, null or empty the role of a response, which is always the assistant's.
    partial void OnRead()
    {
        if (string.IsNullOrEmpty(Role?.Value))
        {
            Role = ChatRole.Assistant;
        }

        // A null beside tool calls goes back, because strict back ends require it; any other is the same as a missing one.
        var isBesideCalls = ToolCalls is not null;
        if (IsContentNull && !isBesideCalls)
        {
            IsContentNull = false;
        }
    }

    private static string? NonEmpty(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return text;
    }
}
