using CCApi.Sdk;

namespace WebGateway;

/// <summary>Writes what went wrong into the response. The messages of the SDK never hold the key.</summary>
internal static class Failures
{
    public static async Task WriteAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is CCApiException or ArgumentException && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = exception is CCApiException ? StatusCodes.Status502BadGateway : StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(exception.Message, context.RequestAborted);
        }
    }
}
