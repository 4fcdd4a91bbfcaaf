using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatCompletionChunkChoice : IListItem
{
    bool IListItem.IsItem => this is not { Delta: null, Message: null, FinishReason: null };
}
