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
