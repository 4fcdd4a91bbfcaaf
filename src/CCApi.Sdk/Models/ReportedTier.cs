using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>Finds the service tier of a request or a response.</summary>
internal static class ReportedTier
{
    public const string Name = "service_tier";

    /// <summary>The tier among members that the contract does not have; null when there is none.</summary>
    public static string? Find(IDictionary<string, JsonElement>? members)
    {
        if (members is not null && members.TryGetValue(Name, out var tier))
        {
            return OfText(JsonRead.FromElement(tier, JsonRead.Text));
        }

        return null;
    }

    /// <summary>The tier of a response; null when neither it nor its usage, where some providers put it (documented), has one.</summary>
    public static string? Of(string? tier, Usage? usage) => OfText(tier) ?? Find(usage?.AdditionalProperties);

    private static string? OfText(string? tier) => string.IsNullOrWhiteSpace(tier) ? null : tier;
}
