using System;

namespace CCApi.Sdk;

/// <summary>The gateway, a provider behind it, or the host of a link that was downloaded, failed (5xx).</summary>
public class CCApiServerException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiServerException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiServerException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiServerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The delay before a retry that the gateway specifies, counted from its response; null when it specifies none.</summary>
    public TimeSpan? RetryAfter { get; set; }

    internal override string ErrorType => "server";
}
