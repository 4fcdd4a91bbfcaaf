using System;

namespace CCApi.Sdk;

/// <summary>What was asked for does not exist (404).</summary>
public class CCApiNotFoundException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiNotFoundException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiNotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiNotFoundException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override string ErrorType => "not_found";
}
