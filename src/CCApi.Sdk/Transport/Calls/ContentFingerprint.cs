using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Distinguishes contents by their headers and bytes; the boundary of a multipart content does not count.</summary>
internal static class ContentFingerprint
{
    /// <summary>The fingerprint of a content that can be read again.</summary>
    public static async Task<string> OfAsync(HttpContent content)
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
        {
            await WriteAsync(stream, content).ConfigureAwait(false);
        }

        return Convert.ToBase64String(sha.Hash!);
    }

    private static async Task WriteAsync(Stream stream, HttpContent content)
    {
        if (content is not MultipartContent parts)
        {
            // The length is among the headers only once it was computed; the bytes say it anyway.
            foreach (var header in content.Headers.Where(header => header.Key != "Content-Length"))
            {
                await WriteAsync(stream, $"{header.Key}: {string.Join(", ", header.Value)}\n").ConfigureAwait(false);
            }

            await content.CopyToAsync(stream).ConfigureAwait(false);

            return;
        }

        await WriteAsync(stream, content.GetType().Name).ConfigureAwait(false);

        foreach (var part in parts)
        {
            await WriteAsync(stream, "\npart\n").ConfigureAwait(false);
            await WriteAsync(stream, part).ConfigureAwait(false);
        }
    }

    private static Task WriteAsync(Stream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return stream.WriteAsync(bytes, 0, bytes.Length);
    }
}
