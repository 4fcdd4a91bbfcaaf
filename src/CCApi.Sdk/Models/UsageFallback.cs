using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>Finds the usage where some gateways put it instead (observed).</summary>
internal static class UsageFallback
{
    public static Usage? Find(IDictionary<string, JsonElement>? unknownMembers)
    {
        if (unknownMembers is not null && unknownMembers.TryGetValue("x_groq", out var extra))
        {
            return FromMember(extra);
        }

        return null;
    }

    /// <summary>The usage of a response whose contract has none.</summary>
    public static Usage? Of(IDictionary<string, JsonElement>? unknownMembers)
    {
        if (unknownMembers is not null && unknownMembers.TryGetValue("usage", out var usage))
        {
            return JsonRead.FromElement(usage, Usage.ReadFrom);
        }

        return null;
    }

    /// <summary>The usage in the last choice that has one.</summary>
    public static Usage? Find(IReadOnlyList<ChatCompletionChoice>? choices)
    {
        Usage? last = null;
        foreach (var choice in choices ?? [])
        {
            if (choice.AdditionalProperties is { } members && members.TryGetValue("usage", out var usage))
            {
                last = JsonRead.FromElement(usage, Usage.ReadFrom) ?? last;
            }
        }

        return last;
    }

    private static Usage? FromMember(JsonElement element)
    {
        if (JsonMember.Find(element, "usage"u8) is { } usage)
        {
            return JsonRead.FromElement(usage, Usage.ReadFrom);
        }

        return null;
    }
}
