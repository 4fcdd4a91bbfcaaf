using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatCompletionChunkChoice : IListItem
{
    bool IListItem.IsItem => Delta is not null || Message is not null || FinishReason is not null;

    partial void OnRead()
    {
        var hasPiece = Delta is not null || Message is not null;
        if (hasPiece || AdditionalProperties is not { } members)
        {
            return;
        }

        if ((ChoiceText.Take(members, "delta") ?? ChoiceText.Take(members, "message")) is { } text)
        {
            Delta = new ChatCompletionDelta { Content = text };
            AdditionalProperties = Wrapping.Rest(members);
        }
    }
}
