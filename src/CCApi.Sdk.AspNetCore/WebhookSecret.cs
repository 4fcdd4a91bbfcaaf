using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CCApi.Sdk;

/// <summary>
/// Whether a request knows one of the secrets. It keeps only hashes, and the time of the comparison does not depend on what is
/// compared.
/// </summary>
internal sealed class WebhookSecret(IEnumerable<string> secrets, string? header)
{
    public const string QueryName = "secret";

    private readonly byte[][] _hashes = [.. secrets.Select(Hash)];

    public bool IsIn(HttpRequest request)
    {
        var values = header is null ? request.Query[QueryName] : request.Headers[header];
        if (values is not [{ } given])
        {
            return false;
        }

        var hash = Hash(given);
        var isKnown = false;

        foreach (var known in _hashes)
        {
            isKnown |= CryptographicOperations.FixedTimeEquals(hash, known);
        }

        return isKnown;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
