using System.Collections.Generic;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Reads the counts of tokens.</summary>
internal static class UsageReader
{
    public static UsageDetails? Read(Wire.Usage? usage)
    {
        if (usage is null)
        {
            return null;
        }

        var (prompt, completion) = (usage.PromptTokensDetails, usage.CompletionTokensDetails);
        var details = new UsageDetails
        {
            InputTokenCount = usage.PromptTokens,
            OutputTokenCount = usage.CompletionTokens,
            TotalTokenCount = usage.TotalTokens,
            CachedInputTokenCount = prompt?.CachedTokens,
            InputTextTokenCount = prompt?.TextTokens,
            InputAudioTokenCount = prompt?.AudioTokens,
            ReasoningTokenCount = completion?.ReasoningTokens,
            OutputTextTokenCount = completion?.TextTokens,
            OutputAudioTokenCount = completion?.AudioTokens,
        };

        Add(details, "prompt_tokens_details.image_tokens", prompt?.ImageTokens);
        Add(details, "completion_tokens_details.image_tokens", completion?.ImageTokens);
        Add(details, "prompt_tokens_details.", prompt?.AdditionalProperties);
        Add(details, "completion_tokens_details.", completion?.AdditionalProperties);
        return details;
    }

    private static void Add(UsageDetails details, string name, long? count)
    {
        if (count is { } known)
        {
            (details.AdditionalCounts ??= [])[name] = known;
        }
    }

    /// <summary>Counts that the SDK does not model, such as those of predicted tokens.</summary>
    private static void Add(UsageDetails details, string prefix, IDictionary<string, JsonElement>? members)
    {
        foreach (var member in members ?? new Dictionary<string, JsonElement>())
        {
            if (member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt64(out var count))
            {
                Add(details, prefix + member.Key, count);
            }
        }
    }
}
