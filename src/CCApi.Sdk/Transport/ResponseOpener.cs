using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Opens a response of any kind. JSON is read first, because it may be an error under a success status; everything else stays
/// open.
/// </summary>
internal static class ResponseOpener
{
    public static async ValueTask<CCApiResponse> OpenAsync(CCApiTransport transport, ApiCall call, HttpResponseMessage response)
    {
        call.Redaction.Apply(response.Content.Headers);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (IsJson(mediaType) && call.Request.Method != HttpMethod.Head)
        {
            return await ReadJsonAsync(transport, call, response, mediaType).ConfigureAwait(false);
        }

        var budget = new DownloadBudget(transport.Options.Timeouts.Download);
        var body = await DownloadStream.OpenAsync(transport, call, response, budget).ConfigureAwait(false);
        var result = Create(transport, call, response, body, mediaType);
        result.Info.Cost = call.CostOf(report: null);

        return result;
    }

    private static async ValueTask<CCApiResponse> ReadJsonAsync(
        CCApiTransport transport, ApiCall call, HttpResponseMessage response, string? mediaType)
    {
        using var body = await ResponseBody.ReadAsync(call, response, transport.Options.MaxResponseBytes).ConfigureAwait(false);
        ResponseReader.ThrowIfError(call, response, body.Written);
        var result = Create(transport, call, response, new MemoryStream(body.Written.ToArray(), writable: false), mediaType);
        result.Info.Cost = call.CostOf(call.Request.IsRead ? null : BodyCostReport.Read(body.Written));

        // The content's headers stay readable. The call ends here: nothing of the connection is left.
        response.Dispose();
        call.Dispose();

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
