using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatToolCall : IListItem
{
    bool IListItem.IsItem => Function is not null || !string.IsNullOrEmpty(Id);

    // Some gateways send the name and the arguments without the object around them.
    partial void OnRead()
    {
        if (Function is not null || AdditionalProperties is not { } members)
        {
            return;
        }

        Function = ChatToolCallFunction.TakeFrom(members);
        AdditionalProperties = Wrapping.Rest(members);
    }

    /// <summary>A copy for a request: with this id and type, and without an index. Everything else is the same.</summary>
    internal ChatToolCall With(string? id, ChatToolType? type)
    {
        var copy = (ChatToolCall)MemberwiseClone();
        copy.Id = id;
        copy.Type = type;
        copy.Index = null;

        return copy;
    }

    /// <summary>A copy with another function; everything else is the same.</summary>
    internal ChatToolCall With(ChatToolCallFunction function)
    {
        var copy = (ChatToolCall)MemberwiseClone();
        copy.Function = function;

        return copy;
    }
}
