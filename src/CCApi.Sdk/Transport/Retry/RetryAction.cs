namespace CCApi.Sdk;

/// <summary>What follows a failed attempt.</summary>
internal enum RetryAction
{
    /// <summary>The call fails.</summary>
    GiveUp,

    /// <summary>The same request, after a delay.</summary>
    Retry,

    /// <summary>The same request with a new key.</summary>
    RenewKey,

    /// <summary>The request for the next model.</summary>
    FailOver,
}
