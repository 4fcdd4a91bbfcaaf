using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Adds up what several calls used.</summary>
internal static class UsageTotal
{
    /// <summary>What several answers used together; null when none says.</summary>
    public static Usage? Of(IReadOnlyList<ChatCompletionResponse> responses) => responses.Aggregate((Usage?)null, (sum, response) => Add(sum, response.Usage));

    /// <summary>The sum of what is known; null when nothing is. Members that the contract does not know are left out.</summary>
    public static Usage? Add(Usage? left, Usage? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        return new Usage
        {
            PromptTokens = Sum(left.PromptTokens, right.PromptTokens),
            CompletionTokens = Sum(left.CompletionTokens, right.CompletionTokens),
            TotalTokens = Sum(Total(left), Total(right)),
            PromptTokensDetails = Add(left.PromptTokensDetails, right.PromptTokensDetails),
            CompletionTokensDetails = Add(left.CompletionTokensDetails, right.CompletionTokensDetails),
            Cost = left.Cost is null ? right.Cost : left.Cost + (right.Cost ?? 0),
        };
    }

    /// <summary>All tokens, whether or not the gateway has added them up.</summary>
    public static long? Total(Usage? usage) => usage?.TotalTokens ?? Sum(usage?.PromptTokens, usage?.CompletionTokens);

    private static PromptTokensDetails? Add(PromptTokensDetails? left, PromptTokensDetails? right) => left is null || right is null ? left ?? right : new PromptTokensDetails
    {
        CachedTokens = Sum(left.CachedTokens, right.CachedTokens),
        TextTokens = Sum(left.TextTokens, right.TextTokens),
        AudioTokens = Sum(left.AudioTokens, right.AudioTokens),
        ImageTokens = Sum(left.ImageTokens, right.ImageTokens),
    };

    private static CompletionTokensDetails? Add(CompletionTokensDetails? left, CompletionTokensDetails? right) => left is null || right is null ? left ?? right : new CompletionTokensDetails
    {
        TextTokens = Sum(left.TextTokens, right.TextTokens),
        AudioTokens = Sum(left.AudioTokens, right.AudioTokens),
        ImageTokens = Sum(left.ImageTokens, right.ImageTokens),
        ReasoningTokens = Sum(left.ReasoningTokens, right.ReasoningTokens),
    };

    private static long? Sum(long? left, long? right) => left is null ? right : left + (right ?? 0);
}
