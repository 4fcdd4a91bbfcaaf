using System;
using System.Collections.Generic;
using System.Text;
using CCApi.Sdk;

namespace CCApi.Emulator;

/// <summary>
/// A text, one character for each of its bytes, and where each stands in the bytes from which it was unescaped. What is escaped
/// twice is unescaped by two rounds.
/// </summary>
internal sealed class UnescapedText
{
    private const string Marks = "\\%&";
    private const int MaxBytesOfRune = 4;

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
            var start = index;
            var character = EscapedText.Read(Text, level: 1, ref index);
            var isEscape = index > start + 1;
            hasEscapes |= isEscape;

            // An escape of a URL stands for a byte, as do characters that are not escaped; others stand for characters.
            var isCharacter = isEscape && Text[start] != '%';
            if (isCharacter)
            {
                AppendBytes(text, RuneAt(character, ref index));
            }
            else
            {
                text.Append(character);
            }

            while (starts.Count < text.Length)
            {
                starts.Add(StartOf(start));
            }
        }

        if (!hasEscapes)
        {
            return null;
        }

        starts.Add(StartOf(Text.Length));

        return new UnescapedText(text.ToString(), [.. starts]);
    }

    /// <summary>The character of an escape, of which a pair of surrogates takes two.</summary>
    private Rune RuneAt(char first, ref int index)
    {
        if (Rune.TryCreate(first, out var rune))
        {
            return rune;
        }

        var end = index;
        var hasSecond = end < Text.Length && char.IsHighSurrogate(first);
        if (hasSecond && Rune.TryCreate(first, EscapedText.Read(Text, level: 1, ref end), out rune))
        {
            index = end;
            return rune;
        }

        return Rune.ReplacementChar;
    }

    private static void AppendBytes(StringBuilder text, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[MaxBytesOfRune];
        foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
        {
            text.Append((char)value);
        }
    }
}
