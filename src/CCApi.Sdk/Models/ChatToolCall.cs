namespace CCApi.Sdk.Models;

public sealed partial class ChatToolCall
{
    /// <summary>A copy with another id and type; everything else is the same.</summary>
    internal ChatToolCall With(string? id, ChatToolType? type)
    {
        var copy = (ChatToolCall)MemberwiseClone();
        copy.Id = id;
        copy.Type = type;
        return copy;
    }
}
