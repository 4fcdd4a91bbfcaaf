using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The model calls a tool. The result follows.</summary>
public sealed class ChatToolCallStep : ChatRunStep
{
    /// <summary>Creates a step.</summary>
    /// <param name="call">The call.</param>
    public ChatToolCallStep(ChatToolCall call) => Call = call;

    /// <summary>The call, with an id.</summary>
    public ChatToolCall Call { get; }

    /// <summary>The name of the tool, as the model wrote it.</summary>
    public string Name => Call.Function?.Name ?? string.Empty;

    /// <summary>The arguments, as the model wrote them.</summary>
    public string Arguments => Call.Function?.Arguments?.ToString() ?? string.Empty;
}
