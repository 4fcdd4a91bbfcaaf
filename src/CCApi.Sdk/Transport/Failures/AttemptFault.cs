namespace CCApi.Sdk;

/// <summary>How an attempt failed, as far as trying again is concerned.</summary>
internal enum AttemptFault
{
    /// <summary>An answer with a status that is not a success.</summary>
    Status,

    /// <summary>No connection: nothing was sent.</summary>
    NotSent,

    /// <summary>The connection broke, or the attempt's time ran out, when the request may have been sent.</summary>
    PossiblySent,

    /// <summary>Anything that another attempt would not change.</summary>
    Final,
}
