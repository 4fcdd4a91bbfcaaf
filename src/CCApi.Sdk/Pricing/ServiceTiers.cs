using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>
/// Service tiers. The prices of a catalog are those of the standard tier; others cost more or less (documented by providers), by
/// how much is not known.
/// </summary>
internal static class ServiceTiers
{
    private static readonly HashSet<string> _standard = new(StringComparer.OrdinalIgnoreCase)
    {
        "auto", "default", "standard", "standard_only", "on_demand",
    };

    private static readonly HashSet<string> _cheaper = new(StringComparer.OrdinalIgnoreCase) { "flex", "batch" };

    /// <summary>Why the prices of the catalog are not those of a tier; null when they are.</summary>
    /// <param name="tier">The tier; null for the standard one.</param>
    /// <param name="isAtMost">Whether the prices may be higher than those of the tier.</param>
    public static string? WhyUnknown(string? tier, bool isAtMost)
    {
        var name = tier?.Trim();
        var isBound = isAtMost && _cheaper.Contains(name ?? "");
        if (string.IsNullOrEmpty(name) || _standard.Contains(name!) || isBound)
        {
            return null;
        }

        return $"the catalog has no prices for the service tier '{name}'";
    }
}
