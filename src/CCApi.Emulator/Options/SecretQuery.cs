using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>Finds the parameters of a query that are keys, as some services take them.</summary>
internal static class SecretQuery
{
    private const string Hidden = "(redacted)";

    private static readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase)
    {
        "key", "apikey", "api_key", "api-key", "subscription-key", "access_token", "token", "secret", "sig", "signature",
    };

    /// <summary>An address with a placeholder for the value of each key.</summary>
    public static string Hide(string pathAndQuery)
    {
        var start = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        if (start < 0)
        {
            return pathAndQuery;
        }

        var parts = Parts(pathAndQuery[start..]).Select(part => IsSecret(part) ? $"{part.Name}={Hidden}" : part.Text);

        return $"{pathAndQuery[..start]}?{string.Join('&', parts)}";
    }

    /// <summary>The values of keys, unescaped.</summary>
    public static IEnumerable<string> ValuesOf(string query) => Parts(query)
        .Where(IsSecret)
        .Select(part => Uri.UnescapeDataString(part.Text[(part.Name.Length + 1)..]));

    private static bool IsSecret((string Text, string Name) part) =>
        part.Text.Length > part.Name.Length + 1 && _names.Contains(Uri.UnescapeDataString(part.Name));

    private static IEnumerable<(string Text, string Name)> Parts(string query) =>
        query.TrimStart('?').Split('&').Select(part => (part, part.Split('=', 2)[0]));
}
