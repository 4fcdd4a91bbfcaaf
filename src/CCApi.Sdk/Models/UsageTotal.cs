using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Adds up the usage of several calls.</summary>
internal static class UsageTotal
{
    /// <summary>The usage of several responses together; null when none reports any.</summary>
    public static Usage? Of(IReadOnlyList<ChatCompletionResponse> responses) =>
        responses.Aggregate((Usage?)null, (sum, response) => Add(sum, response.Usage));

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
            Cost = Sum(left.Cost, right.Cost),
        };
    }

    /// <summary>All tokens, also where the gateway reports no total.</summary>
    public static long? Total(Usage? usage) =>
        usage?.TotalTokens ?? Sum(usage?.PromptTokens, usage?.CompletionTokens);

    private static PromptTokensDetails? Add(PromptTokensDetails? left, PromptTokensDetails? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        return new PromptTokensDetails
        {
            CachedTokens = Sum(left.CachedTokens, right.CachedTokens),
            TextTokens = Sum(left.TextTokens, right.TextTokens),
            AudioTokens = Sum(left.AudioTokens, right.AudioTokens),
            ImageTokens = Sum(left.ImageTokens, right.ImageTokens),
        };
    }

    private static CompletionTokensDetails? Add(
        CompletionTokensDetails? left, CompletionTokensDetails? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        return new CompletionTokensDetails
        {
            TextTokens = Sum(left.TextTokens, right.TextTokens),
            AudioTokens = Sum(left.AudioTokens, right.AudioTokens),
            ImageTokens = Sum(left.ImageTokens, right.ImageTokens),
            ReasoningTokens = Sum(left.ReasoningTokens, right.ReasoningTokens),
        };
    }

    /// <summary>What a gateway reports may be anything: a sum beyond the range is its end.</summary>
    private static long? Sum(long? left, long? right)
    {
        if (left is not { } first || right is not { } second)
        {
            return left ?? right;
        }

        var sum = unchecked(first + second);
        var isOverflow = ((first ^ sum) & (second ^ sum)) < 0;
        if (!isOverflow)
        {
            return sum;
        }

        return first < 0 ? long.MinValue : long.MaxValue;
    }

    private static decimal? Sum(decimal? left, decimal? right)
    {
        if (left is not { } first || right is not { } second)
        {
            return left ?? right;
        }

        try
        {
            return first + second;
        }
        catch (OverflowException)
        {
            return first;
        }
    }
}
