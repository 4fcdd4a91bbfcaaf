using System;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>
/// Finds where a body begins: some come with a byte order mark, or after kilobytes of white space that kept the connection open
/// (observed).
/// </summary>
internal static class JsonStart
{
    public static ReadOnlySpan<byte> SkipByteOrderMark(ReadOnlySpan<byte> body) =>
        body.StartsWith("\uFEFF"u8) ? body.Slice(3) : body;

    /// <summary>
    /// The length of the object or array that a text starts with; 0 when more of it is needed, -1 when it starts with none.
    /// </summary>
    public static int LengthOfDocument(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = JsonRead.OfStart(text);
            if (!reader.Read())
            {
                return 0;
            }

            var isBracket = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (!isBracket)
            {
                return -1;
            }

            return reader.TrySkip() ? (int)reader.BytesConsumed : 0;
        }
        catch (JsonException)
        {
            return -1;
        }
    }

    /// <summary>The body from its first byte that is not white space.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body)
    {
        body = SkipByteOrderMark(body);
        var start = 0;

        while (start < body.Length && body[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            start++;
        }

        return body.Slice(start);
    }
}
