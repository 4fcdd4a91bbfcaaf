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

    /// <summary>The keys in the headers of a request, without the name of a scheme such as <c>Bearer</c>.</summary>
    public static IEnumerable<string> SecretsOf(HttpRequest request) => request.Headers
        .Where(header => _secretHeaders.Contains(header.Key))
        .SelectMany(header => header.Value)
        .Select(value => value?.Split(' ')[^1])
        .Where(value => !string.IsNullOrEmpty(value))!;

    public static IReadOnlyDictionary<string, string> Of(HttpRequest request) => request.Headers.ToDictionary(
        header => header.Key,
        header => _secretHeaders.Contains(header.Key) ? Hidden : header.Value.ToString(),
        StringComparer.OrdinalIgnoreCase);
}
