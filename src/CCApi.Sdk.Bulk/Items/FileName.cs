using System;
using System.Globalization;
using System.Text;

namespace CCApi.Sdk.Bulk;

/// <summary>The name of the files of an item: its id, when every system accepts that.</summary>
internal static class FileName
{
    private const int MaxLength = 100;

    // Stands before a hash or a number, and in the id of no item whose name is its id: so no name is that of another item.
    private const string Separator = "--";

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
        var isUnchanged = name.Equals(id) && id.Equals(id.ToLowerInvariant(), StringComparison.Ordinal);
        var isUnique = !id.Contains(Separator, StringComparison.Ordinal);
        var isSafe = isUnchanged && isUnique && name.Length is > 4 and <= MaxLength;
        if (isSafe)
        {
            return id;
        }

        name.Length = Math.Min(name.Length, MaxLength);
        return string.Create(CultureInfo.InvariantCulture, $"{name}{Separator}{(ulong)ItemHash.Of(id):x16}");
    }

    /// <summary>The name of one of several files of an item.</summary>
    /// <param name="name">The name of the item, or a path that ends with it.</param>
    /// <param name="number">Which one, from 1.</param>
    public static string Numbered(string name, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}{Separator}{number}");
}
