namespace CCApi.Sdk;

/// <summary>A piece of choice 0 of a streamed response.</summary>
public sealed class ChatStreamUpdate
{
    /// <summary>Makes a piece.</summary>
    /// <param name="kind">What it belongs to.</param>
    /// <param name="text">The piece.</param>
    public ChatStreamUpdate(ChatStreamUpdateKind kind, string text) => (Kind, Text) = (kind, text);

    /// <summary>What it belongs to.</summary>
    public ChatStreamUpdateKind Kind { get; }

    /// <summary>
    /// The piece: of the text, of the reasoning, or of the JSON of a call's arguments; empty where a call starts without
    /// arguments.
    /// </summary>
    public string Text { get; }

    /// <summary>Which of <see cref="Models.ChatCompletionResponse.ToolCalls"/> it belongs to; null when it is not of a tool call.</summary>
    public int? ToolCallIndex { get; set; }

    /// <summary>The id of the tool call; null when it is not of a tool call, or the gateway has not given one.</summary>
    public string? ToolCallId { get; set; }

    /// <summary>The name of the tool; null when it is not of a tool call, or the name has not come.</summary>
    public string? ToolName { get; set; }
}
