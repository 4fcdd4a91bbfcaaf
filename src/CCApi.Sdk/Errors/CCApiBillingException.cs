using System;

namespace CCApi.Sdk;

/// <summary>There is not enough credit (402, or a quota code on 403).</summary>
public class CCApiBillingException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiBillingException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiBillingException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiBillingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override string ErrorType => "billing";
}
