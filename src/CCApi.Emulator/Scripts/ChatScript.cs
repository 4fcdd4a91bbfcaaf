using System;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>A rule for chat completions. Requests that ask for a stream get the response in pieces.</summary>
public sealed class ChatScript : ScriptBuilder<ChatScript>
{
    internal ChatScript(EmulatorScript script, ScriptRule rule)
        : base(script, rule)
    {
    }

    /// <summary>Adds the condition that the request offers a tool.</summary>
    /// <param name="name">The name of its function, ignoring case.</param>
    public ChatScript WithTool(string name) => Add(ScriptConditions.Tool(name));

    /// <summary>Adds the condition that a tool result after the last user message contains a text, ignoring case.</summary>
    /// <param name="text">The text; empty for any result.</param>
    public ChatScript WithToolResult(string text = "") => Add(ScriptConditions.ToolResult(text));

    /// <summary>Adds a text.</summary>
    /// <param name="text">The text.</param>
    public ChatScript Reply(string text) => Reply(new ScriptedChat { Text = text });

    /// <summary>Adds a completion.</summary>
    /// <param name="chat">The completion. Do not change it afterwards.</param>
    public ChatScript Reply(ScriptedChat chat)
    {
        ArgumentNullException.ThrowIfNull(chat);
        return Add(new ChatStep(chat));
    }

    /// <summary>Adds a text in the pieces in which it is streamed.</summary>
    /// <param name="between">The delay before each piece but the first, by the emulator's clock.</param>
    /// <param name="pieces">The pieces.</param>
    public ChatScript Stream(TimeSpan between, params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentOutOfRangeException.ThrowIfLessThan(between, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(between, EmulatorBounds.MaxDelay);

        var scripted = pieces.Select((piece, index) => new ScriptedPiece(piece, index == 0 ? TimeSpan.Zero : between));

        return Reply(new ScriptedChat { Pieces = [.. scripted] });
    }

    /// <summary>Adds a tool call; several calls in one response are <see cref="ScriptedChat.ToolCalls"/>.</summary>
    /// <param name="name">The name of the function.</param>
    /// <param name="arguments">The arguments, as JSON text.</param>
    public ChatScript CallTool(string name, string arguments) =>
        Reply(new ScriptedChat { ToolCalls = [new ScriptedToolCall(name, arguments)] });

    /// <summary>Adds a text as a further response, such as the one after a tool call.</summary>
    /// <param name="text">The text.</param>
    public ChatScript ThenReply(string text) => Reply(text);

    /// <summary>Adds a completion as a further response.</summary>
    /// <param name="chat">The completion. Do not change it afterwards.</param>
    public ChatScript ThenReply(ScriptedChat chat) => Reply(chat);

    /// <summary>Adds a tool call as a further response.</summary>
    /// <param name="name">The name of the function.</param>
    /// <param name="arguments">The arguments, as JSON text.</param>
    public ChatScript ThenCallTool(string name, string arguments) => CallTool(name, arguments);
}
