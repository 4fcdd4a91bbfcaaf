using System.Globalization;
using System.Text;

namespace CCApi.Sdk.Bulk;

/// <summary>The name of the files of an item: its id, when every system accepts that.</summary>
internal static class FileName
{
    private const int MaxLength = 100;

    /// <summary>The name without an extension. Different ids have different names.</summary>
    public static string Of(string id)
    {
        var name = new StringBuilder();
        foreach (var character in id)
        {
            var isPlain = char.IsAsciiLetterOrDigit(character) || character is '-' or '_';
            name.Append(isPlain ? character : '_');
        }

        // Upper and lower case are the same on some systems, and some names are reserved on Windows.
        var isUnchanged = name.Equals(id) && id.Equals(id.ToLowerInvariant(), System.StringComparison.Ordinal);
        var isSafe = isUnchanged && name.Length is > 4 and <= MaxLength;
        if (isSafe)
        {
            return id;
        }

        name.Length = System.Math.Min(name.Length, MaxLength);
        return string.Create(CultureInfo.InvariantCulture, $"{name}-{(ulong)ItemHash.Of(id):x16}");
    }
}
