using System.Collections.Generic;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatCompletionChoice : IUnknownMembers, IListItem
{
    /// <summary>The choices, and those of their messages that have unknown members.</summary>
    internal static IReadOnlyList<IUnknownMembers>? WithMessages(IReadOnlyList<ChatCompletionChoice>? choices)
    {
        List<IUnknownMembers>? all = null;
        for (var i = 0; i < choices?.Count; i++)
        {
            if (choices[i].Message is { AdditionalProperties: not null } message)
            {
                all ??= [.. choices];
                all.Add(message);
            }
        }

        return all is null ? choices : all;
    }

    bool IListItem.IsItem => Message is not null || FinishReason is not null;
}
