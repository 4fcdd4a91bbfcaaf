using System;
using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>
/// Turns a JSON string into a .NET string and never throws: the platform's reader refuses bad UTF-8 and lone surrogates, which gateways send when they
/// cut a character between two chunks. Bad bytes become U+FFFD; a lone escaped surrogate stays one, so that the other half can still join it.
/// </summary>
internal static class JsonText
{
    private const byte Backslash = (byte)'\\';
    private const byte Quote = (byte)'"';

#if !NETSTANDARD2_0
    private static readonly SearchValues<byte> _notPlain =
        SearchValues.Create("\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F"u8);
#endif

    /// <summary>The string or property name that the reader stands on.</summary>
    public static string Decode(ref Utf8JsonReader reader)
    {
        var raw = Raw(ref reader);
        return reader.ValueIsEscaped ? Unescape(raw) : Utf8(raw);
    }

    /// <summary>The bytes of the value as they came.</summary>
    public static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;

    public static string Utf8(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? string.Empty : Encoding.UTF8.GetString(bytes);

    /// <summary>Whether the reader stands on this text, in plain ASCII; false says nothing.</summary>
    public static bool IsSame(ref Utf8JsonReader reader, string text)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length != text.Length)
        {
            return false;
        }

#if NETSTANDARD2_0
        return reader.ValueTextEquals(text);
#else
        return Ascii.Equals(reader.ValueSpan, text);
#endif
    }

    /// <summary>The text of a JSON string with its quotes; null when the bytes are no single JSON string.</summary>
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
            return reader.Read() && reader.TokenType == JsonTokenType.String && reader.BytesConsumed == quoted.Length ? Decode(ref reader) : null;
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
        foreach (var letter in raw)
        {
            if (letter < ' ' || letter is Quote or Backslash)
            {
                return false;
            }
        }

        return true;
#else
        return !raw.ContainsAny(_notPlain);
#endif
    }

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

            // The reader has checked the grammar: a known letter follows, and after a 'u' four hexadecimal digits.
            text[length++] = raw[1] switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                (byte)'u' => (char)((HexDigit(raw[2]) << 12) | (HexDigit(raw[3]) << 8) | (HexDigit(raw[4]) << 4) | HexDigit(raw[5])),
                var same => (char)same,
            };
            raw = raw.Slice(raw[1] == (byte)'u' ? 6 : 2);
        }

        return length;
    }

    private static int HexDigit(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
