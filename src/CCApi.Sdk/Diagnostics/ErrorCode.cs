using System;

namespace CCApi.Sdk;

/// <summary>The value of <c>error.type</c>: one of a few codes, whatever gateways invent.</summary>
internal static class ErrorCode
{
    /// <summary>The code that the conventions have for everything else.</summary>
    private const string Other = "_OTHER";

    /// <summary>The code of an exception; null for a cancellation or a disposal by the caller, which are not errors.</summary>
    public static string? Of(Exception exception) => exception switch
    {
        OperationCanceledException or ObjectDisposedException => null,
        CCApiBadRequestException => "bad_request",
        CCApiUnauthorizedException => "unauthorized",
        CCApiBillingException => "billing",
        CCApiPermissionException => "permission",
        CCApiModelUnavailableException => "model_unavailable",
        CCApiNotFoundException => "not_found",
        CCApiRateLimitException => "rate_limit",
        CCApiServerException => "server",
        CCApiTimeoutException => "timeout",
        CCApiConnectionException => "connection",
        CCApiStreamException => "stream",
        CCApiDownloadException => "download",
        CCApiProtocolException => "protocol",
        _ => exception.GetType() == typeof(CCApiException) ? Other : exception.GetType().FullName,
    };
}
