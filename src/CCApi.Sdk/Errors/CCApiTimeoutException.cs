using System;

namespace CCApi.Sdk;

/// <summary>One of the time budgets of the call ran out.</summary>
/// <remarks>Cancelling a call by its token is not a time-out: it stays an <see cref="OperationCanceledException"/>.</remarks>
public class CCApiTimeoutException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiTimeoutException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiTimeoutException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The budget that ran out.</summary>
    public CCApiTimeoutKind Kind { get; set; }

    /// <summary>How long the call had run.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>How many bytes of the response's body were received.</summary>
    public long BytesReceived { get; set; }

    internal override string ErrorType => "timeout";
}
