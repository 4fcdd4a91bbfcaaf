using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A request as it was sent.</summary>
internal sealed record Sent(string Method, string Uri, IReadOnlyDictionary<string, string> Headers, string? Body)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    public static async Task<Sent> ReadAsync(HttpRequestMessage message)
    {
        var headers = message.Headers.ToDictionary(header => header.Key, header => string.Join(header.Key == "User-Agent" ? " " : ", ", header.Value), StringComparer.OrdinalIgnoreCase);
        if (message.Content is { } content)
        {
            headers["Content-Length"] = $"{content.Headers.ContentLength}";
            headers["Content-Type"] = $"{content.Headers.ContentType}";
        }

        return new Sent(message.Method.Method, message.RequestUri!.AbsoluteUri, headers, message.Content is null ? null : await message.Content.ReadAsStringAsync());
    }

    /// <summary>The whole message, its headers by name.</summary>
    public override string ToString()
    {
        var lines = Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}");
        return string.Join("\n", new[] { $"{Method} {Uri}" }.Concat(lines).Concat(Body is null ? [] : ["", Body]));
    }
}
