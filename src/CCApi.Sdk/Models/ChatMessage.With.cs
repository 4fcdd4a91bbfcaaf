using System.Collections.Generic;

namespace CCApi.Sdk.Models;

public sealed partial class ChatMessage
{
    /// <summary>A copy with other calls; everything else is the same.</summary>
    internal ChatMessage With(IReadOnlyList<ChatToolCall>? toolCalls)
    {
        var copy = (ChatMessage)MemberwiseClone();
        copy.ToolCalls = toolCalls;

        return copy;
    }
}
