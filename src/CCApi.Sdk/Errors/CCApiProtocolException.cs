using System;

namespace CCApi.Sdk;

/// <summary>
/// The gateway returned something that the contract does not allow, such as HTML, broken JSON, a redirect, or bytes that are
/// not base64.
/// </summary>
public class CCApiProtocolException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiProtocolException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiProtocolException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override string ErrorType => "protocol";
}
