using System;

namespace CCApi.Sdk;

/// <summary>Too many requests (429).</summary>
public class CCApiRateLimitException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiRateLimitException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiRateLimitException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiRateLimitException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The delay before a retry that the gateway specifies, counted from its response; null when it specifies none.</summary>
    public TimeSpan? RetryAfter { get; set; }

    internal override string ErrorType => "rate_limit";
}
