using System;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// Distinguishes the gateway's own error responses from those of servers in between. A gateway of this family sends an <c>error</c>, or a
/// message with a code or a type; a proxy sends a page, a message alone, a document of problem details (RFC 9457), or nothing.
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

        var reader = new Utf8JsonReader(JsonStart.Of(body));
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
        }

        return reader.TokenType == JsonTokenType.StartObject && MatchesObject(ref reader, error);
    }

    private static bool MatchesObject(ref Utf8JsonReader reader, ErrorBody error)
    {
        var (hasTitle, hasStatus) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonRead.MemberName(ref reader);
            reader.Read();
            var isValue = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.String;
            var isWrapper = name.SequenceEqual("error"u8) || name.SequenceEqual("base_resp"u8);
            if (isWrapper && isValue)
            {
                return true;
            }

            hasTitle |= name.SequenceEqual("title"u8);
            hasStatus |= name.SequenceEqual("status"u8);
            reader.Skip();
        }

        var isProblemDetails = hasTitle && hasStatus;
        var isExplained = error.Message is not null && (error.Code ?? error.Type) is not null;

        return isExplained && !isProblemDetails;
    }
}
