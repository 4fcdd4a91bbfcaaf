using System;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching;

/// <summary>
/// Which requests may be cached: those that ask for one result, which may be the same each time. docs/caching.md lists the rules.
/// </summary>
internal static class CacheRules
{
    /// <summary>A text and a voice give the same speech, as far as listeners care.</summary>
    public static bool MayCache(AudioSpeechRequest request) => !string.IsNullOrEmpty(request.Model);

    /// <summary>The contract has no seed here; gateways that take one receive it as a further member.</summary>
    public static bool MayCache(LegacyImageGenerationRequest request)
    {
        var isOne = request.N is null or 1;
        var isSeeded = request.AdditionalProperties is { } members
            && members.TryGetValue("seed", out var seed)
            && seed.ValueKind is JsonValueKind.Number or JsonValueKind.String;
        return isOne && isSeeded;
    }

    public static bool MayCache(MultimodalImageGenerationRequest request)
    {
        var parameters = request.Parameters;
        var isOne = parameters?.NumImages is null or 1;
        var isSeeded = parameters?.Seed is not null;
        if (!isOne || !isSeeded)
        {
            return false;
        }

        // Without a model the gateway chooses one, and with a webhook somebody waits for the job.
        var isRepeatable = !string.IsNullOrEmpty(request.Model) && string.IsNullOrEmpty(request.WebhookUrl);
        return isRepeatable && request.Contents.All(content => IsEmbedded(content.Image) && IsEmbedded(content.Mask));
    }

    /// <summary>What is behind an address may change while the address stays.</summary>
    private static bool IsEmbedded(MultimodalInputImage? image)
    {
        if (image is null)
        {
            return true;
        }

        var url = image.Url?.Trim();
        return string.IsNullOrEmpty(url) || url.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
    }
}
