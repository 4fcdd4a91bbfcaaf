using System;

namespace CCApi.Sdk;

/// <summary>The value of <c>error.type</c>: one of a few codes, whatever gateways invent.</summary>
internal static class ErrorCode
{
    /// <summary>The code of an exception; null for a cancellation or a disposal by the caller, which are not errors.</summary>
    public static string? Of(Exception exception) => exception switch
    {
        OperationCanceledException or ObjectDisposedException => null,
        CCApiException { ErrorType: { } type } => type,
        _ => exception.GetType().FullName,
    };
}
