using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace CCApi.Emulator;

/// <summary>
/// A text, one character for each of its bytes, and where each stands in the bytes from which it was unescaped. What is escaped
/// twice is unescaped by two rounds.
/// </summary>
internal sealed class UnescapedText
{
    private const string Marks = "\\%&";
    private const int LongestEntity = 10;

    private static readonly Dictionary<string, char> _entities = new(StringComparer.Ordinal)
    {
        ["amp"] = '&',
        ["lt"] = '<',
        ["gt"] = '>',
        ["quot"] = '"',
        ["apos"] = '\'',
    };

    private readonly int[]? _starts;

    private UnescapedText(string text, int[]? starts) => (Text, _starts) = (text, starts);

    public string Text { get; }

    /// <summary>Bytes as they are.</summary>
    public static UnescapedText Of(byte[] bytes) => new(Encoding.Latin1.GetString(bytes), starts: null);

    /// <summary>Where a character starts in the bytes; for the length of the text, where they end.</summary>
    public int StartOf(int index) => _starts is null ? index : _starts[index];

    /// <summary>The text without one layer of the escapes of JSON, URLs and HTML; null when it has none.</summary>
    public UnescapedText? Unescape()
    {
        if (Text.AsSpan().IndexOfAny(Marks) < 0)
        {
            return null;
        }

        var text = new StringBuilder(Text.Length);
        var starts = new List<int>(Text.Length + 1);
        var hasEscapes = false;
        var index = 0;

        while (index < Text.Length)
        {
            var start = StartOf(index);
            var (value, length) = Next(Text.AsSpan(index));
            hasEscapes |= length > 1;
            index += length;

            foreach (var character in value)
            {
                text.Append(character);
                starts.Add(start);
            }
        }

        starts.Add(StartOf(Text.Length));

        return hasEscapes ? new UnescapedText(text.ToString(), [.. starts]) : null;
    }

    /// <summary>The bytes of the next character, one character for each, and how long it is as it stands there.</summary>
    private static (string Value, int Length) Next(ReadOnlySpan<char> text)
    {
        var escape = text[0] switch
        {
            '\\' => OfJson(text),
            '%' => OfUrl(text),
            '&' => OfHtml(text),
            _ => default,
        };

        return escape.Length > 0 ? escape : (text[..1].ToString(), 1);
    }

    private static (string Value, int Length) OfJson(ReadOnlySpan<char> text)
    {
        if (text.Length > 1 && text[1] is '\\' or '/' or '"')
        {
            return (text[1..2].ToString(), 2);
        }

        if (CodeUnitAt(text) is not { } first)
        {
            return default;
        }

        if (char.IsHighSurrogate(first) && CodeUnitAt(text[6..]) is { } second && char.IsLowSurrogate(second))
        {
            return (BytesOf(new Rune(first, second)), 12);
        }

        return Rune.TryCreate(first, out var rune) ? (BytesOf(rune), 6) : default;
    }

    private static char? CodeUnitAt(ReadOnlySpan<char> text)
    {
        if (text.Length >= 6 && text.StartsWith("\\u", StringComparison.Ordinal) && Hex(text[2..6]) is { } code)
        {
            return (char)code;
        }

        return null;
    }

    private static (string Value, int Length) OfUrl(ReadOnlySpan<char> text)
    {
        if (text.Length >= 3 && Hex(text[1..3]) is { } code)
        {
            return (((char)code).ToString(), 3);
        }

        return default;
    }

    private static (string Value, int Length) OfHtml(ReadOnlySpan<char> text)
    {
        var end = text[..int.Min(text.Length, LongestEntity)].IndexOf(';');
        if (end < 2)
        {
            return default;
        }

        var name = text[1..end];
        if (name[0] != '#')
        {
            return _entities.TryGetValue(name.ToString(), out var value) ? (value.ToString(), end + 1) : default;
        }

        var isHex = name.Length > 1 && name[1] is 'x' or 'X';
        var code = isHex ? Hex(name[2..]) : Decimal(name[1..]);

        return code is { } number && Rune.TryCreate(number, out var rune) ? (BytesOf(rune), end + 1) : default;
    }

    private static int? Hex(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? code : null;

    private static int? Decimal(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;

    private static string BytesOf(Rune rune) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(rune.ToString()));
}
