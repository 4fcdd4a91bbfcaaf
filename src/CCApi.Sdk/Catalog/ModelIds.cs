using System.Text;

namespace CCApi.Sdk;

/// <summary>
/// The spellings of model ids: the same model is listed and requested as <c>minimax/minimax-m2.5</c> and
/// <c>minimax-m2-5</c> (observed).
/// </summary>
internal static class ModelIds
{
    private const int MaxLength = 256;

    /// <summary>
    /// The id in one spelling: lower case, <c>-</c> for <c>.</c> and <c>_</c>, without a <c>.0</c> or <c>-0</c> that ends a
    /// version. Null when it is empty or too long to be an id.
    /// </summary>
    public static string? Normalize(string id)
    {
        if (id.Length is 0 or > MaxLength)
        {
            return null;
        }

        var builder = new StringBuilder(id.Length);

        foreach (var character in id.Trim())
        {
            var normal = character is '.' or '_' or ' ' ? '-' : char.ToLowerInvariant(character);
            var isEndOfVersion = normal is '-' or '/' or ':' && EndsWithZeroVersion(builder);
            if (isEndOfVersion)
            {
                builder.Length -= 2;
            }

            builder.Append(normal);
        }

        if (EndsWithZeroVersion(builder))
        {
            builder.Length -= 2;
        }

        return builder.ToString();
    }

    /// <summary>The id without its first segment; null when it has only one.</summary>
    public static string? WithoutPrefix(string id)
    {
        var slash = id.IndexOf('/');
        if (slash >= 0 && slash < id.Length - 1)
        {
            return id.Substring(slash + 1);
        }

        return null;
    }

    /// <summary>The last segment of the id.</summary>
    public static string LastSegment(string id) => id.Substring(id.LastIndexOf('/') + 1);

    /// <summary>
    /// The id without the date that providers append to a version, such as <c>-20251001</c> or <c>-2024-07-18</c>; null when
    /// there is none.
    /// </summary>
    public static string? WithoutDate(string normalId) => WithoutSuffix(normalId, "-dddddddd") ?? WithoutSuffix(normalId, "-dddd-dd-dd");

    private static string? WithoutSuffix(string id, string pattern)
    {
        var start = id.Length - pattern.Length;
        if (start <= 0)
        {
            return null;
        }

        for (var i = 0; i < pattern.Length; i++)
        {
            var matches = pattern[i] == 'd' ? id[start + i] is >= '0' and <= '9' : id[start + i] == pattern[i];
            if (!matches)
            {
                return null;
            }
        }

        // A year: other numbers are parts of the name.
        var isYear = id[start + 1] == '2' && id[start + 2] == '0';

        return isYear ? id.Substring(0, start) : null;
    }

    private static bool EndsWithZeroVersion(StringBuilder builder)
    {
        var length = builder.Length;
        return length >= 3
            && builder[length - 1] == '0'
            && builder[length - 2] == '-'
            && builder[length - 3] is >= '0' and <= '9';
    }
}
