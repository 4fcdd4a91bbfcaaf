using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Copies the headers of a request without the values that are secrets.</summary>
internal static class HeaderSnapshot
{
    public const string Hidden = "(hidden)";

    private static readonly HashSet<string> _secretHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Cookie", "x-api-key", "x-goog-api-key", "api-key",
    };

    /// <summary>Whether the value of a header is a secret.</summary>
    public static bool IsSecret(string name) => _secretHeaders.Contains(name);

    public static IReadOnlyDictionary<string, string> Of(HttpRequest request) => request.Headers.ToDictionary(
        header => header.Key,
        header => IsSecret(header.Key) ? Hidden : header.Value.ToString(),
        StringComparer.OrdinalIgnoreCase);
}
