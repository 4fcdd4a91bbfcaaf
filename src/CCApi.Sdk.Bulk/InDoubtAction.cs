namespace CCApi.Sdk.Bulk;

/// <summary>What a resumed run does with items that an earlier run sent and whose result it did not record.</summary>
public enum InDoubtAction
{
    /// <summary>Image jobs whose id is known are waited for, which costs nothing; every other item is reported as in doubt.</summary>
    LookUp,

    /// <summary>Every such item is reported as in doubt, and nothing is sent.</summary>
    Report,

    /// <summary>
    /// They are sent again with the same idempotency key, except for image jobs whose id is known, which are waited for. A gateway
    /// that ignores the key charges twice.
    /// </summary>
    Resend,
}
