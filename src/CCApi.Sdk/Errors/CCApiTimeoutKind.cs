namespace CCApi.Sdk;

/// <summary>The time budgets of a call.</summary>
public enum CCApiTimeoutKind
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>To make a connection.</summary>
    Connect,

    /// <summary>From the start of an attempt until its headers.</summary>
    Attempt,

    /// <summary>The whole call.</summary>
    Total,

    /// <summary>From the headers of a stream until its first chunk, or the first bytes of speech.</summary>
    FirstChunk,

    /// <summary>Between two reads of a body; of a stream, once it has begun.</summary>
    Idle,

    /// <summary>The time-out of an HttpClient that the caller made.</summary>
    HttpClient,

    /// <summary>The wait for an image job.</summary>
    ImageJob,

    /// <summary>Between two chunks of a stream that carry something.</summary>
    NextChunk,

    /// <summary>One whole download.</summary>
    Download,
}
