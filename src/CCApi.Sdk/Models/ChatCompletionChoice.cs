using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatCompletionChoice : IUnknownMembers, IListItem
{
    bool IListItem.IsItem => Message is not null || FinishReason is not null;
}
