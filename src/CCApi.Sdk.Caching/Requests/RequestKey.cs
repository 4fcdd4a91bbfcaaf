using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Caching;

/// <summary>
/// The key of a request: a hash of its canonical JSON and of what else decides about its result. It shows nothing of the request
/// and of no API key.
/// </summary>
internal sealed class RequestKey
{
    // A new number when entries or keys change, so that entries of older versions are not found.
    private const string Prefix = "ccapi-media-2-";

    private readonly ReadOnlyMemory<byte> _body;

    /// <param name="kind">What is requested.</param>
    /// <param name="gateway">The address of the gateway; null for a fake.</param>
    /// <param name="partition">What separates the client from others; null for nothing.</param>
    /// <param name="options">What differs for the call.</param>
    /// <param name="request">The request.</param>
    /// <param name="headers">The headers of all calls of the client; null for none.</param>
    public RequestKey(
        string kind,
        Uri? gateway,
        string? partition,
        CCApiRequestOptions? options,
        IJsonModel request,
        IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        _body = ModelJson.Write(request);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, kind);
        Append(hash, gateway?.AbsoluteUri);
        Append(hash, partition);
        AppendKey(hash, options?.ApiKey);
        var sent = HeadersOf(headers, options);
        CanonicalJson.AppendLength(hash, sent.Count);
        foreach (var (name, value) in sent)
        {
            Append(hash, name);
            Append(hash, value);
        }

        CanonicalJson.AppendTo(hash, _body);
        Text = Prefix + Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>The key in the cache.</summary>
    public string Text { get; }

    /// <summary>A copy of the request: the caller may change its own before the call is sent.</summary>
    public T Copy<T>(JsonRead.ReadClass<T> read)
        where T : class
    {
        var reader = JsonRead.Of(_body.Span);
        reader.Read();
        return read(ref reader)!;
    }

    /// <summary>The headers by name in lower case; those of the call replace those of the client.</summary>
    private static SortedDictionary<string, string> HeadersOf(
        IEnumerable<KeyValuePair<string, string>>? headers, CCApiRequestOptions? options)
    {
        var sent = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in (headers ?? []).Concat(options?.Headers.AsEnumerable() ?? []))
        {
            sent[header.Key.ToLowerInvariant()] = header.Value;
        }

        return sent;
    }

    /// <summary>Hashed once more by itself, so that the bytes of an API key are nowhere near those of a request.</summary>
    private static void AppendKey(IncrementalHash hash, string? key) =>
        Append(hash, key is null ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))));

    /// <summary>With its length, so that two texts are never one.</summary>
    private static void Append(IncrementalHash hash, string? text)
    {
        var bytes = Encoding.UTF8.GetBytes(text ?? string.Empty);
        CanonicalJson.AppendLength(hash, text is null ? -1 : bytes.Length);
        hash.AppendData(bytes);
    }
}
