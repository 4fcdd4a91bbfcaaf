using System;
using System.Text;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Writes <c>data:</c> URLs, and reads them: base64, and text with percent signs, as SVG images often come.</summary>
internal static class DataUrl
{
    private const string Scheme = "data:";

    private const string Base64 = ";base64";

    public static bool Is(string url) => url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    public static string Write(string mediaType, byte[] bytes) =>
        $"{Scheme}{mediaType}{Base64},{Convert.ToBase64String(bytes)}";

    /// <exception cref="CCApiProtocolException">It has no data, or is not the base64 that it says.</exception>
    public static (byte[] Bytes, string? MediaType) Read(string url)
    {
        var comma = url.IndexOf(',');
        if (comma < 0)
        {
            throw new CCApiProtocolException("The response has a data: URL without data.");
        }

        var label = url.Substring(Scheme.Length, comma - Scheme.Length);
        var mediaType = label.Split(';')[0].Trim();

        return (Decode(url, comma, label), mediaType.Length == 0 ? null : mediaType);
    }

    private static byte[] Decode(string url, int comma, string label)
    {
        var data = url.Substring(comma + 1);
        if (!label.TrimEnd().EndsWith(Base64, StringComparison.OrdinalIgnoreCase))
        {
            return Unescape(data);
        }

        // In a URL, even what base64 itself is made of may be written with percent signs.
        var text = data.IndexOf('%') < 0 ? data : Uri.UnescapeDataString(data);
        var utf8 = Encoding.UTF8.GetBytes(text);
        var payload = utf8.AsSpan(Base64Text.DataPrefixLength(utf8));

        return Base64Text.Decode(payload, out _) ?? throw Base64Text.Invalid(text);
    }

    private static byte[] Unescape(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;

        for (var i = 0; i < bytes.Length; i++)
        {
            if (EscapedByte(bytes, i) is { } escaped)
            {
                bytes[length++] = escaped;
                i += 2;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        Array.Resize(ref bytes, length);

        return bytes;
    }

    /// <summary>The byte of an escape such as <c>%2F</c>; null where there is none.</summary>
    private static byte? EscapedByte(byte[] text, int at)
    {
        if (text[at] != '%' || at + 2 >= text.Length)
        {
            return null;
        }

        var high = HexDigit(text[at + 1]);
        var low = HexDigit(text[at + 2]);
        var isEscape = high >= 0 && low >= 0;

        return isEscape ? (byte)((high << 4) | low) : null;
    }

    private static int HexDigit(byte character) => (char)character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'f' => character - 'a' + 10,
        >= 'A' and <= 'F' => character - 'A' + 10,
        _ => -1,
    };
}
