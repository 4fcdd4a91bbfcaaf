using System;
using System.Buffers;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Microsoft.AspNetCore.Http;

namespace CCApi.Sdk;

/// <summary>Reads what was posted, no further than allowed, and takes nothing from it but the id of the job.</summary>
internal static class WebhookBody
{
    private const int LongestId = 256;
    private const int LongestAddress = 8192;
    private const int PieceBytes = 4096;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>The body; null when it is longer than allowed.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
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
                if (body.WrittenCount > most)
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
    /// The id of the job, fit for a request and for a log; null when there is none. Everything else may be forged, broken or
    /// missing.
    /// </summary>
    /// <remarks>
    /// Only the members that name the job become objects: millions of others, which fit into a body of the accepted size, would
    /// take a multiple of its memory.
    /// </remarks>
    public static string? FindJobId(ReadOnlySpan<byte> body, ImagesClient images)
    {
        try
        {
            var members = MembersThatNameTheJob(body);
            var posted = JsonSerializer.Deserialize(members, CCApiJsonContext.Default.MultimodalImageGenerationResponse);
            var id = posted is null ? null : new ImageJob(images, posted).Id;
            return id is { Length: > 0 and <= LongestId } && !id.Any(char.IsControl) ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A body with only the members <c>id</c> and <c>poll_url</c>, as they were written.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
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
            var isId = reader.ValueSpan.SequenceEqual("id"u8);
            var isPollUrl = reader.ValueSpan.SequenceEqual("poll_url"u8);
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

        // What follows the object is an error, which only the reader can see.
        reader.Read();

        return (byte[])[.. "{\"id\":"u8, .. id, .. ",\"poll_url\":"u8, .. pollUrl, .. "}"u8];
    }

    /// <summary>A text or a number as it was written; null for another value, and for one that is too long.</summary>
    private static ReadOnlySpan<byte> ShortValue(scoped in Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var isName = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
        if (!isName || reader.ValueSpan.Length > LongestAddress)
        {
            return "null"u8;
        }

        return json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
    }
}
