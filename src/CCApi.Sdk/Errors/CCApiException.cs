using System;

namespace CCApi.Sdk;

/// <summary>The base of every error that the SDK reports, other than wrong arguments and cancellation.</summary>
public class CCApiException : Exception
{
    /// <summary>An error without a message.</summary>
    public CCApiException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to mend it.</param>
    public CCApiException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to mend it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
