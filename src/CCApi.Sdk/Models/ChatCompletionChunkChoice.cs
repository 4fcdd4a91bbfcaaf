using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatCompletionChunkChoice : IListItem
{
    bool IListItem.IsItem => Delta is not null || Message is not null || FinishReason is not null;
}
