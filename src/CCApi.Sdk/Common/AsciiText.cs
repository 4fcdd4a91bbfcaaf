using System;

namespace CCApi.Sdk;

/// <summary>Compares UTF-8 without regard to the case of ASCII characters.</summary>
internal static class AsciiText
{
    /// <param name="text">The text.</param>
    /// <param name="lower">What to compare it with, in lower case.</param>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length == lower.Length && StartsWithIgnoreCase(text, lower);

    /// <param name="text">The text.</param>
    /// <param name="lower">What it may start with, in lower case.</param>
    public static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length < lower.Length)
        {
            return false;
        }

        for (var i = 0; i < lower.Length; i++)
        {
            if (ToLower(text[i]) != lower[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="text">The text.</param>
    /// <param name="lower">What it may contain, in lower case.</param>
    public static bool ContainsIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        for (var start = 0; start + lower.Length <= text.Length; start++)
        {
            if (StartsWithIgnoreCase(text.Slice(start), lower))
            {
                return true;
            }
        }

        return false;
    }

    public static int ToLower(int character) => character is >= 'A' and <= 'Z' ? character | 0x20 : character;
}
