using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// Opens a response of any kind. JSON is read first, because it may be an error under a success status, and so is what only starts
/// like it under another label; everything else stays open.
/// </summary>
internal static class ResponseOpener
{
    // What is larger is not an error, and is not held back.
    private const int LargestError = 64 * 1024;
    private const int MostChecks = 64;

    public static async ValueTask<CCApiResponse> OpenAsync(CCApiTransport transport, ApiCall call, HttpResponseMessage response)
    {
        call.Redaction.Apply(response.Content.Headers);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (IsJson(mediaType) && call.Request.Method != HttpMethod.Head)
        {
            return await ReadJsonAsync(transport, call, response, mediaType).ConfigureAwait(false);
        }

        var body = await OpenBodyAsync(transport, call, response, mediaType).ConfigureAwait(false);
        var result = Create(transport, call, response, body, mediaType);
        result.Info.Cost = ResponseCosts.OfOpenBody(call, response);
        if (call.IsReadToEnd)
        {
            response.Dispose();
        }

        return result;
    }

    /// <summary>Opens the body, and reads its first JSON document, if it starts with one, which may be an error.</summary>
    private static async ValueTask<Stream> OpenBodyAsync(
        CCApiTransport transport, ApiCall call, HttpResponseMessage response, string? mediaType)
    {
        var stream = await ResponseBody.OpenAsync(call, response).ConfigureAwait(false);
        if (call.Request.Method == HttpMethod.Head)
        {
            return Ended(call);
        }

        var isStream = mediaType is not null && StreamLabels.Contains(mediaType);
        if (isStream)
        {
            return DownloadStream.Continue(transport, call, response, stream);
        }

        using var start = new PooledBuffer();
        var isMore = true;

        call.Clock.Enter(CCApiTimeoutKind.FirstChunk, call.FirstChunkTimeout);

        // Each check reads all of it: after many small pieces, only when it has doubled.
        var (checks, next) = (0, 0);

        while (isMore && start.Length < LargestError)
        {
            if (start.Length >= next)
            {
                if (!MayBecomeJson(start.Written))
                {
                    break;
                }

                checks++;
                next = checks < MostChecks ? start.Length + 1 : 2 * start.Length;
            }

            isMore = await ResponseBody.ReadMoreAsync(
                call, response, stream, start, call.MaxResponseBytes).ConfigureAwait(false);
        }

        var isEmpty = !isMore && start.Length == 0;
        var isPromised = response.Content.Headers.ContentLength > 0;
        if (isEmpty && !isPromised)
        {
            return Ended(call);
        }

        var json = JsonStart.Of(start.Written);
        if (JsonStart.LengthOfDocument(json) is > 0 and var length)
        {
            ResponseReader.ThrowIfError(call, response, json.Slice(0, length));
        }

        return DownloadStream.Continue(transport, call, response, stream, start.Written.ToArray());
    }

    /// <summary>
    /// A body without bytes: nothing is left to wait for, so that the call ends also when nobody disposes of its response.
    /// </summary>
    private static MemoryStream Ended(ApiCall call)
    {
        call.IsReadToEnd = true;

        return new MemoryStream([], writable: false);
    }

    /// <summary>Whether a body that starts so may still become a JSON document.</summary>
    private static bool MayBecomeJson(ReadOnlySpan<byte> start)
    {
        var json = JsonStart.Of(start);
        var isBracket = json.IsEmpty || json[0] is (byte)'{' or (byte)'[';

        return isBracket && JsonStart.LengthOfDocument(json) == 0;
    }

    private static async ValueTask<CCApiResponse> ReadJsonAsync(
        CCApiTransport transport, ApiCall call, HttpResponseMessage response, string? mediaType)
    {
        using var body = await ResponseBody.ReadAsync(call, response, call.MaxResponseBytes).ConfigureAwait(false);
        ResponseReader.ThrowIfError(call, response, body.Written);
        var result = Create(transport, call, response, new MemoryStream(body.Written.ToArray(), writable: false), mediaType);
        result.Info.Cost = ResponseCosts.OfBody(call, response, body.Written);

        // The content's headers stay readable. Nothing of the connection is left.
        response.Dispose();
        call.IsReadToEnd = true;

        return result;
    }

    private static CCApiResponse Create(
        CCApiTransport transport, ApiCall call, HttpResponseMessage response, Stream body, string? mediaType) => new(body, mediaType)
        {
            ContentHeaders = response.Content.Headers,
            Info = call.Info(response),
            MaxBytes = transport.Options.MaxResponseBytes,
        };

    private static bool IsJson(string? mediaType) =>
        mediaType is not null
        && (mediaType.Equals(ApiRequest.Json, StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
