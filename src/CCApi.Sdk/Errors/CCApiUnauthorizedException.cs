using System;

namespace CCApi.Sdk;

/// <summary>The gateway did not accept the API key (401), or there was none to send.</summary>
public class CCApiUnauthorizedException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiUnauthorizedException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiUnauthorizedException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiUnauthorizedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override string ErrorType => "unauthorized";
}
