using System;

namespace CCApi.Sdk;

/// <summary>No response was received: the connection could not be made, or was lost before the response was complete.</summary>
public class CCApiConnectionException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiConnectionException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiConnectionException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiConnectionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the request may have reached the gateway, so that it may have been charged.</summary>
    public bool MayHaveBeenSent { get; set; }

    internal override string ErrorType => "connection";
}
