namespace CCApi.Sdk;

/// <summary>What a piece of a streamed response belongs to.</summary>
public enum ChatStreamUpdateKind
{
    /// <summary>The response's text.</summary>
    Text,

    /// <summary>The reasoning before it, or between its parts.</summary>
    Reasoning,

    /// <summary>A call of a tool: its start, or a piece of its arguments.</summary>
    ToolCall,
}
