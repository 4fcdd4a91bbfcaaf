namespace WebGateway;

/// <summary>
/// Limits what the page may load, and makes every image of the gateway nothing but an image: an SVG opened as a page may run no
/// script.
/// </summary>
internal static class SecurityHeaders
{
    private const string Page = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string File = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(Gallery.Path) ? File : Page;

            return Task.CompletedTask;
        });
        return next(context);
    }
}
