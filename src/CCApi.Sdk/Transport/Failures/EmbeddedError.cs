using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Finds the error in a response whose status is a success.</summary>
internal static class EmbeddedError
{
    /// <summary>
    /// What went wrong; null when nothing did. Some gateways report it inside a choice, or in a list of nothing but errors
    /// (observed).
    /// </summary>
    /// <param name="response">The response.</param>
    /// <param name="json">The JSON that it was read from.</param>
    public static ErrorBody? Find(IApiResponse response, ReadOnlySpan<byte> json) => response switch
    {
        IJobResponse { HasPayload: true } => null,
        IJobResponse { HasError: true } => FindInRoot(response, json) ?? ErrorBody.Parse(json),
        IPartialResponse { Parts: { } parts } => FindInRoot(response, json) ?? FindInParts(parts),
        _ => FindInRoot(response, json),
    };

    private static ErrorBody? FindInRoot(IApiResponse response, ReadOnlySpan<byte> json) =>
        Find(response.AdditionalProperties, response.HasPayload) ?? FindInList(json);

    private static ErrorBody? FindInParts(IReadOnlyList<IUnknownMembers> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (Find(parts[i].AdditionalProperties, hasPayload: true) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>What went wrong; null when nothing did.</summary>
    public static ErrorBody? Find(IDictionary<string, JsonElement>? unknownMembers, bool hasPayload)
    {
        if (unknownMembers is null)
        {
            return null;
        }

        if (unknownMembers.TryGetValue("error", out var error) && SaysSomething(error))
        {
            return Parse(unknownMembers) ?? Unexplained();
        }

        if (unknownMembers.TryGetValue("success", out var success) && success.ValueKind == JsonValueKind.False)
        {
            return Parse(unknownMembers) ?? Unexplained();
        }

        if (unknownMembers.TryGetValue("base_resp", out var state) && JsonMember.Text(state, "status_code"u8) is { } code && code != "0")
        {
            // MiniMax reports its status so in every response (observed).
            return Parse(unknownMembers) ?? Unexplained();
        }

        if (hasPayload)
        {
            return null;
        }

        if (Parse(unknownMembers) is { Message: not null } found)
        {
            return found;
        }

        return null;
    }

    /// <summary>
    /// The same for a response of a type of the caller's. An <c>error</c> beside an <c>id</c> or <c>data</c> is the state of a
    /// task, which the caller wants to see.
    /// </summary>
    public static ErrorBody? Find(ReadOnlySpan<byte> json)
    {
        var reader = JsonRead.Of(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return FindInList(json);
        }

        var (saysError, saysFailed, hasPayload) = (false, false, false);

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonRead.MemberName(ref reader);
            reader.Read();
            if (name.SequenceEqual("error"u8))
            {
                saysError = SaysSomething(JsonElement.ParseValue(ref reader));
                continue;
            }

            saysFailed |= name.SequenceEqual("success"u8) && reader.TokenType == JsonTokenType.False;
            hasPayload |= (name.SequenceEqual("id"u8) || name.SequenceEqual("data"u8)) && reader.TokenType != JsonTokenType.Null;
            reader.Skip();
        }

        if (saysFailed || (saysError && !hasPayload))
        {
            return ErrorBody.Parse(json) ?? Unexplained();
        }

        return null;
    }

    /// <summary>The same for a list: it is an error when it holds nothing else (observed).</summary>
    private static ErrorBody? FindInList(ReadOnlySpan<byte> json)
    {
        var reader = JsonRead.Of(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        var count = 0;

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (Find(json.Slice(start, (int)reader.BytesConsumed - start)) is null)
            {
                return null;
            }

            count++;
        }

        if (count > 0 && reader.TokenType == JsonTokenType.EndArray)
        {
            return ErrorBody.Parse(json) ?? Unexplained();
        }

        return null;
    }

    private static ErrorBody Unexplained() => ErrorBody.Text("The response reports a failure without a reason.");

    private static bool SaysSomething(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.Object => error.EnumerateObject().MoveNext(),
        JsonValueKind.Array => error.GetArrayLength() > 0,
        JsonValueKind.String => JsonMarshal.GetRawUtf8Value(error).Length > 2,
        JsonValueKind.True => true,
        _ => false,
    };

    private static ErrorBody? Parse(IDictionary<string, JsonElement> members)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            JsonWrite.Unknown(writer, members);
            writer.WriteEndObject();
        }

        return ErrorBody.Parse(buffer.Written);
    }
}
