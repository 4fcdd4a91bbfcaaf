using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CCApi.Sdk;

/// <summary>Whether a request knows the secret. It keeps only a hash, and how long comparing takes tells nothing.</summary>
internal sealed class WebhookSecret(string secret, string? header)
{
    public const string QueryName = "secret";

    private readonly byte[] _hash = Hash(secret);

    public bool IsIn(HttpRequest request)
    {
        var values = header is null ? request.Query[QueryName] : request.Headers[header];
        return values is [{ } given] && CryptographicOperations.FixedTimeEquals(Hash(given), _hash);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
