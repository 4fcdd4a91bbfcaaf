using System;
#if !NETSTANDARD2_0
using System.Collections.Generic;
using System.Linq;
using System.Text;
#endif

namespace CCApi.Sdk;

/// <summary>
/// Resolves the address of a download, and keeps its path and query byte for byte: the platform decodes <c>%41</c>, which breaks
/// the signature of a link.
/// </summary>
/// <remarks>On .NET Framework the platform cannot be kept from it.</remarks>
internal static class DownloadUrl
{
    /// <summary>Resolves an address; null when it is not a URL.</summary>
    /// <param name="from">The address that a relative one starts from.</param>
    /// <param name="target">The address, as the server sent it.</param>
    public static Uri? Resolve(Uri from, string target)
    {
        if (!Uri.TryCreate(from, target, out var address))
        {
            return null;
        }

#if NETSTANDARD2_0
        return address;
#else
        var isWeb = address.Scheme is "https" or "http";
        if (!isWeb)
        {
            return address;
        }

        var text = Plain(target.Trim().Split('#')[0]);

        var exact = address.GetLeftPart(UriPartial.Authority) + PathAndQuery(from, address, text);

        return new Uri(exact, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
#endif
    }

#if !NETSTANDARD2_0
    /// <summary>Encodes the characters that no request may contain, as browsers do, and no other.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        var isQuery = false;
        foreach (var rune in text.EnumerateRunes())
        {
            isQuery |= rune.Value == '?';
            if (rune.Value is > ' ' and <= '~' and not '\\')
            {
                plain.Append((char)rune.Value);
            }
            else if (rune.Value == '\\' && !isQuery)
            {
                plain.Append('/');
            }
            else
            {
                plain.Append(Uri.EscapeDataString(rune.ToString()));
            }
        }

        return plain.ToString();
    }

    private static string PathAndQuery(Uri from, Uri address, string text)
    {
        var queryStart = text.IndexOf('?', StringComparison.Ordinal);
        if (queryStart < 0)
        {
            queryStart = text.Length;
        }

        var query = text.Substring(queryStart);

        return WithoutDotSegments(Path(from, address, text.Substring(0, queryStart))) + query;
    }

    private static string Path(Uri from, Uri address, string path)
    {
        if (path.Length == 0)
        {
            return from.AbsolutePath;
        }

        var authority = path.IndexOf("//", StringComparison.Ordinal);
        var isBehindScheme = authority > 0 && path[authority - 1] == ':';
        if (authority == 0 || isBehindScheme)
        {
            var start = path.IndexOf('/', authority + 2);
            return start < 0 ? "/" : path.Substring(start);
        }

        // "https:b.png" is a legacy form that only the platform can resolve.
        if (path.Split('/')[0].Contains(':', StringComparison.Ordinal))
        {
            return address.AbsolutePath;
        }

        var folder = from.AbsolutePath.Substring(0, from.AbsolutePath.LastIndexOf('/') + 1);

        return path.StartsWith('/') ? path : folder + path;
    }

    /// <remarks>As RFC 3986, 5.2.4 has it. The platform's path has none either, and is decoded.</remarks>
    private static string WithoutDotSegments(string path)
    {
        var segments = path.Split('/');
        if (!segments.Any(IsDots))
        {
            return path;
        }

        var kept = new List<string>();
        foreach (var segment in segments.Skip(1))
        {
            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (!IsDots(segment))
            {
                kept.Add(segment);
            }
        }

        var end = IsDots(segments[^1]) && kept.Count > 0 ? "/" : string.Empty;

        return "/" + string.Join('/', kept) + end;
    }

    private static bool IsDots(string segment) => segment is "." or "..";
#endif
}
