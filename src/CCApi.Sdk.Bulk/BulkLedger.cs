using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.Bulk;

/// <summary>Reads ledgers, such as for a list of what is in doubt.</summary>
public static class BulkLedger
{
    /// <summary>Returns every item of a ledger, in the order in which they were first sent.</summary>
    /// <param name="path">The path of the ledger.</param>
    /// <exception cref="BulkLedgerException">There is none, it cannot be read, or a run uses it.</exception>
    /// <remarks>All of it is read into memory, with the responses.</remarks>
    public static IReadOnlyList<BulkLedgerEntry> Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var file = LedgerFile.Open(path, mayCreate: false);
        try
        {
            return file.Entries().ToList();
        }
        catch (Exception exception)
        {
            throw LedgerErrors.From(exception, path);
        }
    }
}
