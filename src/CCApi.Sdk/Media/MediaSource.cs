using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Opens the bytes of an answer wherever they are: in the answer, in a <c>data:</c> URL, or behind a URL.</summary>
internal static class MediaSource
{
    /// <summary>Opens them. What is in the answer wins: it costs no download, and links expire.</summary>
    /// <exception cref="CCApiProtocolException">The answer has neither, or a URL that cannot be followed.</exception>
    public static async Task<Stream> OpenAsync(CCApiTransport transport, Base64Data? inline, string? url, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        CCApiTransport.CheckOptions(options);
        var address = url?.Trim() ?? "";
        if (inline is { IsValid: true, Length: > 0 } || (inline is { IsValid: false } && address.Length == 0))
        {
            return Open(inline);
        }

        if (address.Length == 0)
        {
            throw new CCApiProtocolException("The answer has neither the bytes nor a URL.");
        }

        if (address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return Open(new Base64Data(address));
        }

        return await Downloads.OpenAsync(transport, address, options, cancellationToken).ConfigureAwait(false);
    }

    private static MemoryStream Open(Base64Data data) => new(data.Bytes, writable: false);
}
