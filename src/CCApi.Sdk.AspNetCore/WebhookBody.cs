using System;
using System.Buffers;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Microsoft.AspNetCore.Http;

namespace CCApi.Sdk;

/// <summary>Reads the body of a webhook up to a limit, and takes only the id of the job from it.</summary>
internal static class WebhookBody
{
    private const int MaxIdCharacters = 256;
    private const int MaxValueBytes = 8192;
    private const int PieceBytes = 4096;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Reads the body; null when it is longer than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var body = new ArrayBufferWriter<byte>();
        try
        {
            int count;
            while ((count = await request.Body.ReadAsync(body.GetMemory(PieceBytes), cancellationToken).ConfigureAwait(false)) > 0)
            {
                body.Advance(count);
                if (body.WrittenCount > maxBytes)
                {
                    return null;
                }
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return body.WrittenMemory;
    }

    /// <summary>
    /// Returns the id of the job, short enough and without control characters, so that it can be sent and logged; null when the
    /// body has no such id. Nothing else in the body is trusted: the sender may have forged it.
    /// </summary>
    /// <remarks>
    /// Only the members <c>id</c> and <c>poll_url</c> are deserialized. A body of the accepted size can have millions of other
    /// values, and objects for them would take many times the memory of the body.
    /// </remarks>
    public static string? FindJobId(ReadOnlySpan<byte> body, ImagesClient images)
    {
        try
        {
            var members = MembersThatNameTheJob(body);
            var posted = JsonSerializer.Deserialize(members, CCApiJsonContext.Default.MultimodalImageGenerationResponse);
            // The job takes its id from poll_url when the body has no id.
            var id = posted is null ? null : new ImageJob(images, posted).Id;
            return id is { Length: > 0 and <= MaxIdCharacters } && !id.Any(char.IsControl) ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Copies the members <c>id</c> and <c>poll_url</c>, as they were written, to a JSON object of their own.</summary>
    /// <exception cref="JsonException">The body is not a JSON object.</exception>
    private static ReadOnlySpan<byte> MembersThatNameTheJob(ReadOnlySpan<byte> body)
    {
        var json = body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
        var reader = new Utf8JsonReader(json);
        var id = "null"u8;
        var pollUrl = "null"u8;

        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = IsName(reader, "id"u8);
            var isPollUrl = IsName(reader, "poll_url"u8);
            reader.Read();

            if (isId)
            {
                id = ShortValue(reader, json);
            }
            else if (isPollUrl)
            {
                pollUrl = ShortValue(reader, json);
            }

            reader.Skip();
        }

        // Throws when anything follows the object.
        reader.Read();

        return (byte[])[.. "{\"id\":"u8, .. id, .. ",\"poll_url\":"u8, .. pollUrl, .. "}"u8];
    }

    /// <summary>Whether the reader is on a member with this name, however it was escaped.</summary>
    private static bool IsName(in Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        // On a lone surrogate, ValueTextEquals throws; no ASCII name contains one, and an exception for each would take seconds.
        var hasSurrogate = reader.ValueIsEscaped
            && (reader.ValueSpan.IndexOf("\\ud"u8) >= 0 || reader.ValueSpan.IndexOf("\\uD"u8) >= 0);

        return !hasSurrogate && reader.ValueTextEquals(name);
    }

    /// <summary>Returns a string or a number as it was written; JSON null for another value, and for one that is too long.</summary>
    private static ReadOnlySpan<byte> ShortValue(scoped in Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var isTextOrNumber = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
        if (!isTextOrNumber || reader.ValueSpan.Length > MaxValueBytes)
        {
            return "null"u8;
        }

        return json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
    }
}
