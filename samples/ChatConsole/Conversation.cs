using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace ChatConsole;

/// <summary>The messages so far, and the settings of the next request.</summary>
internal sealed class Conversation
{
    public string Model { get; set; } = "openai/gpt-4o-mini";

    public ReasoningEffort? Effort { get; set; }

    public IReadOnlyList<ChatMessage> Messages { get; private set; } = [];

    /// <summary>What goes with the next message.</summary>
    public IReadOnlyList<ChatContentPart> Attachments { get; private set; } = [];

    public Bill Bill { get; } = new();

    /// <summary>What the calls from now on may cost together; null for no limit.</summary>
    public CCApiBudget? Budget { get; set; }

    /// <summary>What every call is made with.</summary>
    public CCApiRequestOptions Options => new() { SeparateThinking = true, Budget = Budget };

    public void Attach(ChatContentPart part) => Attachments = [.. Attachments, part];

    /// <summary>The request with all messages, and this one. It becomes part of the history with its response.</summary>
    public ChatCompletionRequest Next(string text) => new()
    {
        Model = Model,
        ReasoningEffort = Effort,
        Messages = [.. Messages, ChatMessage.User(text, [.. Attachments])],
    };

    public void Keep(IReadOnlyList<ChatMessage> messages)
    {
        Messages = messages;
        Attachments = [];
    }

    public void Clear() => Keep([]);
}
