using System;

namespace CCApi.Sdk;

/// <summary>The gateway rejected the request as invalid (400, 413 or 422).</summary>
public class CCApiBadRequestException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiBadRequestException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiBadRequestException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiBadRequestException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override string ErrorType => "bad_request";
}
