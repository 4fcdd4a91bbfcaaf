using System;
using System.Globalization;
using System.Linq;
using CCApi.Sdk.Json;
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
        var isSeeded = request.AdditionalProperties is { } members
            && members.TryGetValue("seed", out var seed)
            && IsSeed(JsonRead.FromElement(seed, JsonRead.Text));
        return isSeeded && IsOne(request) && !string.IsNullOrEmpty(request.Model);
    }

    public static bool MayCache(MultimodalImageGenerationRequest request)
    {
        var isSeeded = request.Parameters?.Seed >= 0;
        if (!isSeeded || !IsOne(request))
        {
            return false;
        }

        // Without a model the gateway chooses one, and with a webhook somebody waits for the job.
        var isRepeatable = !string.IsNullOrEmpty(request.Model) && string.IsNullOrEmpty(request.WebhookUrl);
        return isRepeatable && request.Contents.All(content => IsEmbedded(content.Image) && IsEmbedded(content.Mask));
    }

    /// <summary>Whether one image is requested, also by members that the contract does not have.</summary>
    private static bool IsOne(IPricedRequest request) => request.Images == 1;

    /// <summary>Gateways take a negative seed, and one that is not a number, for any (observed).</summary>
    private static bool IsSeed(string? text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

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
