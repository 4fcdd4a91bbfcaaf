using System;

namespace CCApi.Sdk.Aspire;

/// <summary>The parts of <c>Endpoint=...;Key=...</c>. A problem never shows a value: it may be the key.</summary>
internal sealed record CCApiConnectionString(Uri? Endpoint, string? Key)
{
    public static CCApiConnectionString Parse(string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException(
                $"No connection string '{name}': reference the resource in the app host (WithReference), "
                    + $"or set ConnectionStrings:{name} to Endpoint=https://...;Key=...",
                nameof(text));
        }

        Uri? endpoint = null;
        string? key = null;
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var separator = part.IndexOf('=', StringComparison.Ordinal);
            var (member, value) = separator < 0 ? (part, string.Empty) : (part[..separator].Trim(), part[(separator + 1)..].Trim());

            if (member.Equals("Endpoint", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(value, UriKind.Absolute, out var address))
            {
                endpoint = address;
            }
            else if (member.Equals("Key", StringComparison.OrdinalIgnoreCase) && value.Length > 0)
            {
                key = value;
            }
            else
            {
                throw new ArgumentException($"The connection string '{name}' must be Endpoint=https://...;Key=...", nameof(text));
            }
        }

        return new CCApiConnectionString(endpoint, key);
    }
}
