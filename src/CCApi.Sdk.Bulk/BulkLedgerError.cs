namespace CCApi.Sdk.Bulk;

/// <summary>What is wrong with a ledger.</summary>
public enum BulkLedgerError
{
    /// <summary>It cannot be read or written; the inner exception has the reason.</summary>
    Unavailable,

    /// <summary>Another run, of this process or another, uses it.</summary>
    InUse,

    /// <summary>The file is not a ledger.</summary>
    NotALedger,

    /// <summary>It was written by another version of this package, whose layout differs.</summary>
    OtherVersion,

    /// <summary>It counts in another currency than the budget of the run.</summary>
    OtherCurrency,

    /// <summary>The file is damaged.</summary>
    Corrupt,

    /// <summary>The disk is full.</summary>
    DiskFull,
}
