namespace CCApi.Sdk;

/// <summary>Which exception the status of a response stands for.</summary>
internal static class ResponseExceptions
{
    /// <param name="call">The call.</param>
    /// <param name="failure">What the response reports.</param>
    /// <param name="message">The message of the exception.</param>
    public static CCApiException Create(ICallState call, CallFailure failure, string message)
    {
        if (failure.IsModelUnavailable)
        {
            return new CCApiModelUnavailableException(message);
        }

        return failure.EffectiveStatus switch
        {
            >= 400 and < 500 when call.Request.Download is not null => new CCApiDownloadException(message),
            400 or 413 or 422 => new CCApiBadRequestException(message),
            401 => new CCApiUnauthorizedException(message),
            402 => new CCApiBillingException(message),
            403 => new CCApiPermissionException(message),
            404 => new CCApiNotFoundException(message),
            429 => new CCApiRateLimitException(message) { RetryAfter = failure.RetryAfter },
            >= 500 => new CCApiServerException(message) { RetryAfter = failure.RetryAfter },
            < 400 => new CCApiProtocolException(message),
            _ => new CCApiException(message),
        };
    }
}
