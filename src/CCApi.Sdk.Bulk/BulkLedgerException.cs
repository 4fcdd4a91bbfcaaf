using System;

namespace CCApi.Sdk.Bulk;

/// <summary>A ledger that cannot be opened or written. Nothing is sent after it.</summary>
public class BulkLedgerException : Exception
{
    /// <summary>An error without a message.</summary>
    public BulkLedgerException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What is wrong, and the fix.</param>
    public BulkLedgerException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What is wrong, and the fix.</param>
    /// <param name="innerException">The cause.</param>
    public BulkLedgerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What is wrong.</summary>
    public BulkLedgerError Error { get; init; }
}
