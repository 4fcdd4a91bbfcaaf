using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Reads the body of a request, which must be a JSON object where there is one.</summary>
internal static class RequestContent
{
    private static readonly JsonDocumentOptions _uniqueNames = new() { AllowDuplicateProperties = false };

    public static GatewayResponse Unreadable() => GatewayResponse.Error(
        400, "The body is not a JSON object, or holds text that is not Unicode.", "invalid_request_error", "bad_request_body");

    private static GatewayResponse TooManyValues() => GatewayResponse.Error(
        400,
        FormattableString.Invariant($"The body has more than {JsonBounds.MaxValues} JSON values, of which an object counts as six."),
        "invalid_request_error",
        "bad_request_body");

    public static async Task<(byte[] Body, GatewayResponse? Problem)> ReadAsync(HttpContext context)
    {
        if (!HasBody(context))
        {
            return ([], null);
        }

        using var buffer = new MemoryStream();

        try
        {
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted).ConfigureAwait(false);
            return (buffer.ToArray(), null);
        }
        catch (BadHttpRequestException exception)
        {
            return ([], NotReceived(exception));
        }
    }

    /// <summary>The error for a body that could not be received, such as 413 for one that is too large.</summary>
    public static GatewayResponse NotReceived(BadHttpRequestException exception)
    {
        var isTooLarge = exception.StatusCode == StatusCodes.Status413PayloadTooLarge;
        var code = isTooLarge ? "read_request_body_failed" : "bad_request_body";

        return GatewayResponse.Error(exception.StatusCode, exception.Message, "invalid_request_error", code);
    }

    /// <summary>The object of a body, which is empty for a request without one; or the error, when there is no such object.</summary>
    public static (JsonObject? Body, GatewayResponse? Problem) Parse(HttpContext context, byte[] body)
    {
        var isEmpty = body.Length == 0 && !HttpMethods.IsPost(context.Request.Method);
        if (isEmpty || !HasBody(context))
        {
            return ([], null);
        }

        if (!JsonBounds.AreWithin(body))
        {
            return (null, TooManyValues());
        }

        if (TryParse(body) is { } parsed)
        {
            return (parsed, null);
        }

        return (null, Unreadable());
    }

    private static JsonObject? TryParse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: _uniqueNames) as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second one is for a name with half of a surrogate pair.
            return null;
        }
    }

    private static bool HasBody(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
}
