using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Writes the headers that let pages of other origins use the emulator; only for the origins of an option.</summary>
internal sealed class CorsPolicy(IEnumerable<string> allowedOrigins)
{
    private readonly HashSet<string> _origins = new(
        allowedOrigins.Select(origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether pages of an origin may use the emulator.</summary>
    public bool Allows(string origin) => _origins.Contains("*") || _origins.Contains(origin);

    /// <summary>
    /// The rejection of a change that a page of another origin sends; null for what it may send. Browsers send some requests
    /// without asking whether they may, such as POST with a text, but never without the origin.
    /// </summary>
    public GatewayResponse? RejectionOf(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isRead || origin.Length == 0)
        {
            return null;
        }

        var isOwn = origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        if (isOwn || Allows(origin))
        {
            return null;
        }

        return GatewayResponse.Error(
            403,
            $"Pages of the origin '{origin}' must not control the emulator. "
            + "Add the origin to AllowedOrigins (--allow-origin) if they may.",
            "invalid_request_error",
            "access_denied");
    }

    /// <summary>Adds the headers of a response. Returns whether the request was a preflight, which is complete with them.</summary>
    public bool Apply(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0 || !Allows(origin))
        {
            return false;
        }

        response.Headers.AccessControlAllowOrigin = origin;
        response.Headers.AccessControlExposeHeaders = "*, x-request-id, retry-after";
        response.Headers.Vary = "Origin";

        var isPreflight = HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0;
        if (!isPreflight)
        {
            return false;
        }

        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE, HEAD, OPTIONS";
        response.Headers.AccessControlAllowHeaders = request.Headers.AccessControlRequestHeaders.FirstOrDefault() ?? "*";
        response.Headers.AccessControlMaxAge = "600";

        return true;
    }
}
