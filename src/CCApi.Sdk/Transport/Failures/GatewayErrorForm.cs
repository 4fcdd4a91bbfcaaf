using System;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// Distinguishes the gateway's own error responses from those of servers in between. Only the documented form, and those that
/// gateways of this family were seen to send, count: an <c>error</c> object that describes something, or a message with a code or a
/// type in words; members in any case. A proxy sends a page, a reason phrase, a status as a number, a document of problem details
/// (RFC 9457), or nothing.
/// </summary>
internal static class GatewayErrorForm
{
    /// <param name="body">The body of a response with an error status.</param>
    /// <param name="error">What it reports; null when it reports no error.</param>
    public static bool Matches(ReadOnlySpan<byte> body, ErrorBody? error)
    {
        if (error is null)
        {
            return false;
        }

        var reader = JsonRead.Of(JsonStart.Of(body));
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
        }

        return reader.TokenType == JsonTokenType.StartObject && MatchesObject(ref reader);
    }

    private static bool MatchesObject(ref Utf8JsonReader reader)
    {
        var (hasMessage, hasWord, isProblem) = (false, false, false);
        string? error = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonRead.MemberName(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                if (IsWrapper(name) && DescribesError(ref reader))
                {
                    return true;
                }

                reader.Skip();
                continue;
            }

            isProblem |= AsciiText.EqualsIgnoreCase(name, "title"u8) || AsciiText.EqualsIgnoreCase(name, "instance"u8);
            if (reader.TokenType == JsonTokenType.String)
            {
                error = AsciiText.EqualsIgnoreCase(name, "error"u8) ? JsonRead.Text(ref reader) : error;
                hasMessage |= IsMessage(name) && reader.ValueSpan.Length > 0;
                hasWord |= IsCodeOrType(name) && IsWord(JsonRead.Text(ref reader));
            }

            reader.Skip();
        }

        // A text alone is a code of the gateway, or the sentence of a server in between.
        var hasText = hasMessage || !string.IsNullOrEmpty(error);
        var isExplained = hasWord && hasText;
        var isCodeAlone = !hasMessage && IsCode(error);
        if (isProblem)
        {
            return false;
        }

        return isExplained || isCodeAlone;
    }

    /// <summary>Whether the object has a message, a code or a type; after false, the reader is at its end.</summary>
    private static bool DescribesError(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonRead.MemberName(ref reader);
            reader.Read();
            var isText = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;
            var isDescription = IsMessage(name) || IsCodeOrType(name);
            if (isText && isDescription)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool IsWrapper(ReadOnlySpan<byte> name) =>
        AsciiText.EqualsIgnoreCase(name, "error"u8) || AsciiText.EqualsIgnoreCase(name, "base_resp"u8);

    private static bool IsMessage(ReadOnlySpan<byte> name) =>
        AsciiText.EqualsIgnoreCase(name, "message"u8)
        || AsciiText.EqualsIgnoreCase(name, "msg"u8)
        || AsciiText.EqualsIgnoreCase(name, "error_msg"u8)
        || AsciiText.EqualsIgnoreCase(name, "status_msg"u8)
        || AsciiText.EqualsIgnoreCase(name, "description"u8);

    private static bool IsCodeOrType(ReadOnlySpan<byte> name) =>
        AsciiText.EqualsIgnoreCase(name, "code"u8)
        || AsciiText.EqualsIgnoreCase(name, "error_code"u8)
        || AsciiText.EqualsIgnoreCase(name, "type"u8)
        || AsciiText.EqualsIgnoreCase(name, "error_type"u8);

    /// <summary>
    /// Whether a code or a type is one of the gateway's vocabulary, as in <c>channel:no_available_key</c>, and not a status, a
    /// reason phrase or the address of a kind of problem.
    /// </summary>
    private static bool IsWord(string? text)
    {
        if (text is null || !text.Any(char.IsLetter))
        {
            return false;
        }

        var isAddress = text.Contains("://") || text.StartsWith("about:", StringComparison.OrdinalIgnoreCase);
        return !isAddress && !text.Any(char.IsWhiteSpace);
    }

    /// <summary>Whether the text of <c>error</c> is a code, as in <c>rate_limit_exceeded</c>.</summary>
    private static bool IsCode(string? text) => IsWord(text) && !text!.Any(char.IsUpper);
}
