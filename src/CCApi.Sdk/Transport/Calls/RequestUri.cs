using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CCApi.Sdk;

/// <summary>Joins the base address and the path of an operation, with exactly one slash wherever one belongs.</summary>
internal static class RequestUri
{
    /// <summary>
    /// The base address with single slashes and one at its end. A doubled slash would reach the gateway's web pages instead of
    /// its API (observed, Q1).
    /// </summary>
    public static Uri Normalize(Uri baseAddress)
    {
        var path = string.Join("/", baseAddress.AbsolutePath.Split(['/'], StringSplitOptions.RemoveEmptyEntries));
        return new Uri(baseAddress.GetLeftPart(UriPartial.Authority) + "/" + (path.Length == 0 ? path : path + "/"));
    }

    /// <summary>The address of an operation.</summary>
    /// <param name="baseAddress">A normalized base address.</param>
    /// <param name="path">The path below it, already encoded; a leading slash does no harm.</param>
    public static Uri Join(Uri baseAddress, string path)
    {
        var absolute = baseAddress.AbsoluteUri + path.TrimStart('/');
#if !NETSTANDARD2_0
        if (path.Contains("%2E", StringComparison.Ordinal) && path.All(character => character is > ' ' and <= '~'))
        {
            // Otherwise the platform decodes the dots and walks up the path.
            return new Uri(absolute, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        }
#endif
        return new Uri(absolute);
    }

    /// <summary>Whether a path that a caller wrote stays below the base address, however it is read.</summary>
    public static bool IsBelow(Uri baseAddress, string path)
    {
        var withoutQuery = path.Split('?')[0];
        return !path.Any(char.IsControl)
            && withoutQuery.IndexOf('\\') < 0
            && !withoutQuery.StartsWith("//", StringComparison.Ordinal)
            && withoutQuery.IndexOf("://", StringComparison.Ordinal) < 0
            && !Unescape(withoutQuery).Split('/', '\\').Any(segment => segment is "." or "..")
            && Join(baseAddress, path).AbsoluteUri.StartsWith(baseAddress.AbsoluteUri, StringComparison.Ordinal);
    }

    /// <summary>As servers read a path that decode it more than once.</summary>
    private static string Unescape(string path)
    {
        var decoded = Uri.UnescapeDataString(path);

        return decoded == path ? path : Unescape(decoded);
    }

    /// <summary>Encodes an id or a name as one segment of a path, so that it never becomes another path.</summary>
    /// <exception cref="ArgumentException">The text is empty, or (on .NET Framework only) nothing but dots.</exception>
    public static string Segment(string text, string parameterName)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException("It must not be empty.", parameterName);
        }

        if (text is not ("." or ".."))
        {
            return Uri.EscapeDataString(ReplaceLoneSurrogates(text));
        }

#if NETSTANDARD2_0
        throw new ArgumentException("It must not be a dot or two, which this framework would take for a path.", parameterName);
#else
        return text.Replace(".", "%2E", StringComparison.Ordinal);
#endif
    }

    /// <summary>A query of the parameters that are set, with a leading question mark, or nothing.</summary>
    public static string Query(params (string Name, object? Value)[] parameters)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parameters.Where(parameter => parameter.Value is not null))
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=')
                .Append(Uri.EscapeDataString(ReplaceLoneSurrogates(Convert.ToString(value, CultureInfo.InvariantCulture)!)));
        }

        return query.ToString();
    }

    /// <summary>Whether two addresses are of the same origin, so that the key may go to the second.</summary>
    public static bool IsSameOrigin(Uri first, Uri second) =>
        // Nearly always they are one object, and the comparison allocates.
        ReferenceEquals(first, second)
        || Uri.Compare(first, second, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    // Encoding them throws on .NET Framework.
    private static string ReplaceLoneSurrogates(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
