using System;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace CCApi.Sdk.Bulk;

/// <summary>Turns errors of SQLite into exceptions that state the fix.</summary>
internal static class LedgerErrors
{
    public static BulkLedgerException From(Exception exception, string path)
    {
        if (exception is BulkLedgerException known)
        {
            return known;
        }

        // The primary result codes of SQLite.
        return (exception as SqliteException)?.SqliteErrorCode switch
        {
            5 or 6 => new BulkLedgerException(
                $"The ledger {path} is in use by another run: wait for its end, or use another path.", exception)
            {
                Error = BulkLedgerError.InUse,
            },
            11 => Corrupt(path, exception),
            13 => new BulkLedgerException($"The disk of the ledger {path} is full: free some space, then resume.", exception)
            { Error = BulkLedgerError.DiskFull },
            26 => NotALedger(path, exception),
            null when exception is FormatException or OverflowException or InvalidCastException or JsonException =>
                Corrupt(path, exception),
            _ => new BulkLedgerException(
                $"The ledger {path} cannot be used: {exception.Message} Check the path and its permissions.", exception)
            {
                Error = BulkLedgerError.Unavailable,
            },
        };
    }

    public static BulkLedgerException Corrupt(string path, Exception? inner) =>
        new($"The ledger {path} is damaged: restore a copy, or recover what is left with sqlite3 {path} .recover.", inner)
        { Error = BulkLedgerError.Corrupt };

    public static BulkLedgerException NotALedger(string path, Exception? inner) =>
        new($"{path} is not a ledger of CCApi.Sdk.Bulk: use another path.", inner) { Error = BulkLedgerError.NotALedger };

    public static BulkLedgerException OtherCurrency(string path, string recorded, string currency) =>
        new($"The ledger {path} counts in {recorded}, and the budget in {currency}: resume it with a budget in {recorded}.")
        {
            Error = BulkLedgerError.OtherCurrency,
        };

    public static BulkLedgerException OtherVersion(string path, long version, int own) =>
        new(FormattableString.Invariant(
            $"The ledger {path} has version {version}; this package writes version {own}: resume it with the package that wrote it."))
        {
            Error = BulkLedgerError.OtherVersion,
        };
}
