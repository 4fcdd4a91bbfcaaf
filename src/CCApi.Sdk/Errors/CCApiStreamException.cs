using System;

namespace CCApi.Sdk;

/// <summary>
/// A stream broke: its connection was lost, or a chunk could not be read and more followed it. What was received is in
/// <see cref="CCApiException.PartialResponse"/>.
/// </summary>
public class CCApiStreamException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiStreamException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiStreamException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiStreamException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override string ErrorType => "stream";
}
