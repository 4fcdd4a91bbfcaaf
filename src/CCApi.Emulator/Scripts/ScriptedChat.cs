using System.Collections.Generic;

namespace CCApi.Emulator;

/// <summary>
/// A completion that a script returns. What is not set is chosen as for an unscripted request. Not changed by the emulator; must
/// not change while it is used.
/// </summary>
public sealed class ScriptedChat
{
    /// <summary>The text; null for none. Ignored when there are <see cref="Pieces"/>.</summary>
    public string? Text { get; set; }

    /// <summary>The reasoning, sent before the text; null for none.</summary>
    public string? Reasoning { get; set; }

    /// <summary>The refusal, sent instead of a text; null for none.</summary>
    public string? Refusal { get; set; }

    /// <summary>The tool calls.</summary>
    public IReadOnlyList<ScriptedToolCall> ToolCalls { get; set; } = [];

    /// <summary>
    /// The text in the pieces in which it is streamed, each with the delay before it; a plain response joins them. Null splits
    /// <see cref="Text"/> into words.
    /// </summary>
    public IReadOnlyList<ScriptedPiece>? Pieces { get; set; }

    /// <summary>The finish reason.</summary>
    /// <value>The default is null: <c>tool_calls</c> when there are tool calls, else <c>stop</c>.</value>
    public string? FinishReason { get; set; }

    /// <summary>The model that the response names.</summary>
    /// <value>The default is null: the model of the request.</value>
    public string? Model { get; set; }

    /// <summary>The usage that the response reports, and is charged by.</summary>
    /// <value>The default is null: counted from the texts.</value>
    public ScriptedUsage? Usage { get; set; }

    /// <summary>How many choices there are, all alike.</summary>
    /// <value>1 to 128. The default is null: as many as the request asks for.</value>
    public int? Choices { get; set; }
}
