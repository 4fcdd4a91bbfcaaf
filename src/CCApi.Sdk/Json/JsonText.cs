using System;
using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>
/// Turns a JSON string into a .NET string and never throws: the platform's reader rejects bad UTF-8 and lone surrogates, which
/// gateways send when they cut a character between two chunks. Bad bytes become U+FFFD; a lone escaped surrogate stays one, so
/// that the other half can still join it.
/// </summary>
internal static class JsonText
{
    private const byte Backslash = (byte)'\\';
    private const byte Quote = (byte)'"';
    private const int EscapeLength = 6;

#if !NETSTANDARD2_0
    private static readonly SearchValues<byte> _notPlain =
        SearchValues.Create(
            "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000E\u000F"u8
            + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F"u8);
#endif

    /// <summary>The string or property name that the reader stands on.</summary>
    public static string Decode(ref Utf8JsonReader reader)
    {
        var raw = Raw(ref reader);
        if (reader.ValueIsEscaped)
        {
            return Unescape(raw);
        }

        return Utf8(raw);
    }

    /// <summary>The text of what is between the quotes of a valid JSON string.</summary>
    public static string Decode(ReadOnlySpan<byte> raw) =>
        raw.IndexOf(Backslash) < 0 ? Utf8(raw) : Unescape(raw);

    /// <summary>The bytes of the value as they came.</summary>
    public static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence)
        {
            return reader.ValueSequence.ToArray();
        }

        return reader.ValueSpan;
    }

    public static string Utf8(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return string.Empty;
        }

        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Whether the reader stands on this text, in plain ASCII; false says nothing.</summary>
    public static bool IsSame(ref Utf8JsonReader reader, string text)
    {
        var isPlainString = reader.TokenType == JsonTokenType.String
            && !reader.HasValueSequence
            && !reader.ValueIsEscaped;
        if (!isPlainString || reader.ValueSpan.Length != text.Length)
        {
            return false;
        }

#if NETSTANDARD2_0
        return reader.ValueTextEquals(text);
#else
        return Ascii.Equals(reader.ValueSpan, text);
#endif
    }

    /// <summary>The text of a JSON string with its quotes; null when the bytes are not a single JSON string.</summary>
    public static string? Inside(ReadOnlySpan<byte> quoted)
    {
        var raw = quoted.Slice(1, quoted.Length - 2);
        if (IsPlain(raw))
        {
            return Utf8(raw);
        }

        try
        {
            var reader = new Utf8JsonReader(quoted);
            var isString = reader.Read() && reader.TokenType == JsonTokenType.String;
            if (!isString || reader.BytesConsumed != quoted.Length)
            {
                return null;
            }

            return Decode(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Where the JSON string ends that begins before the first byte: at its closing quote; -1 when there is none.</summary>
    public static int IndexOfEnd(ReadOnlySpan<byte> raw)
    {
        for (var end = raw.IndexOf(Quote); end >= 0;)
        {
            var escapes = end;
            while (escapes > 0 && raw[escapes - 1] == Backslash)
            {
                escapes--;
            }

            if ((end - escapes) % 2 == 0)
            {
                return end;
            }

            var next = raw.Slice(end + 1).IndexOf(Quote);
            end = next < 0 ? -1 : end + 1 + next;
        }

        return -1;
    }

    /// <summary>Whether the inside of a JSON string is the text itself: no quote, no escape, no control character.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> raw)
    {
#if NETSTANDARD2_0
        foreach (var character in raw)
        {
            if (character < ' ' || character is Quote or Backslash)
            {
                return false;
            }
        }

        return true;
#else
        return !raw.ContainsAny(_notPlain);
#endif
    }

    /// <summary>
    /// Copies JSON, with the characters themselves instead of the escapes of those that need none: every one beyond ASCII but
    /// separators and lone surrogates.
    /// </summary>
    public static void UnescapeCharacters(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        Span<char> pair = stackalloc char[2];
        while (!json.IsEmpty)
        {
            var escape = json.IndexOf(Backslash);
            if (escape < 0)
            {
                output.Write(json);
                return;
            }

            output.Write(json.Slice(0, escape));
            json = json.Slice(escape);
            pair[0] = EscapedCharacter(json);
            pair[1] = default;

            if (json.Length > EscapeLength)
            {
                pair[1] = EscapedCharacter(json.Slice(EscapeLength));
            }

            if (char.IsSurrogatePair(pair[0], pair[1]))
            {
                json = json.Slice(2 * EscapeLength);
                Write(pair, output);
            }
            else if (IsReadable(pair[0]))
            {
                json = json.Slice(EscapeLength);
                Write(pair.Slice(0, 1), output);
            }
            else
            {
                var isUnicode = json.Length > 1 && json[1] == (byte)'u';
                var length = Math.Min(isUnicode ? EscapeLength : 2, json.Length);
                output.Write(json.Slice(0, length));
                json = json.Slice(length);
            }
        }
    }

    private static void Write(ReadOnlySpan<char> character, IBufferWriter<byte> output)
    {
        var bytes = output.GetSpan(EscapeLength);
        output.Advance(Encoding.UTF8.GetBytes(character, bytes));
    }

    /// <summary>The character of the escape at the start of the text; 0 when there is none.</summary>
    private static char EscapedCharacter(ReadOnlySpan<byte> text)
    {
        var isEscape = text.Length >= EscapeLength && text[0] == Backslash;
        if (!isEscape || text[1] != (byte)'u')
        {
            return default;
        }

        var high = (HexDigit(text[2]) << 12) | (HexDigit(text[3]) << 8);
        var low = (HexDigit(text[4]) << 4) | HexDigit(text[5]);

        return (char)(high | low);
    }

    // Neither a control character, half of a pair nor one of the line separators that JavaScript cannot have in a text.
    private static bool IsReadable(char character) =>
        character > '\u009F'
        && !char.IsSurrogate(character)
        && character is not ('\u2028' or '\u2029');

    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        var buffer = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            var length = Unescape(raw, buffer);
            return new string(buffer, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes the unescaped text and returns its length, which is never more than that of <paramref name="raw"/>.</summary>
    private static int Unescape(ReadOnlySpan<byte> raw, Span<char> text)
    {
        var length = 0;
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOf(Backslash);
            if (plain < 0)
            {
                plain = raw.Length;
            }

            length += Encoding.UTF8.GetChars(raw.Slice(0, plain), text.Slice(length));
            raw = raw.Slice(plain);
            if (raw.IsEmpty)
            {
                break;
            }

            // The reader has checked the grammar: a known character follows, and after a 'u' four hexadecimal digits.
            text[length++] = raw[1] switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                (byte)'u' => EscapedCharacter(raw),
                var same => (char)same,
            };

            raw = raw.Slice(raw[1] == (byte)'u' ? 6 : 2);
        }

        return length;
    }

    private static int HexDigit(byte digit)
    {
        if (digit <= (byte)'9')
        {
            return digit - '0';
        }

        return (digit | 0x20) - 'a' + 10;
    }
}
