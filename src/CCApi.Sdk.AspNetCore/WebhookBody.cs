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
    private const int PieceBytes = 4096;

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
    public static string? FindJobId(ReadOnlySpan<byte> body, ImagesClient images)
    {
        try
        {
            var posted = JsonSerializer.Deserialize(body, CCApiJsonContext.Default.MultimodalImageGenerationResponse);
            var id = posted is null ? null : new ImageJob(images, posted).Id;
            return id is { Length: > 0 and <= LongestId } && !id.Any(char.IsControl) ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
