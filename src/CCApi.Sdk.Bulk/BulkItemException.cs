using System;

namespace CCApi.Sdk.Bulk;

/// <summary>An item that was not sent because of its input, or whose result an earlier run recorded as failed or in doubt.</summary>
public class BulkItemException : Exception
{
    /// <summary>An error without a message.</summary>
    public BulkItemException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What is wrong with the item, and the fix.</param>
    public BulkItemException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What is wrong with the item, and the fix.</param>
    /// <param name="innerException">The cause.</param>
    public BulkItemException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
