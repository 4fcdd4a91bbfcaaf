using System;

namespace CCApi.Sdk;

/// <summary>
/// The gateway does not know the model or has no provider for it now (<c>model_not_found</c> on 404 or, observed, 503). Trying
/// again does not help.
/// </summary>
public class CCApiModelUnavailableException : CCApiNotFoundException
{
    /// <summary>An error without a message.</summary>
    public CCApiModelUnavailableException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiModelUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiModelUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override string ErrorType => "model_unavailable";
}
