using System;

namespace CCApi.Sdk.Caching;

/// <summary>
/// Ends a shared call with something that the cache must not keep: a failure, or a response that is not to be kept. An exception
/// is the only such end that a HybridCache has. Callers never see it.
/// </summary>
#pragma warning disable CA1032, CA1064 // It is not for others.
internal sealed class SharedOutcomeException : Exception
#pragma warning restore CA1032, CA1064
{
    public SharedOutcomeException(CachedMedia response)
        : base("The response is not kept.") => Response = response;

    /// <param name="failure">Why the call failed.</param>
    /// <param name="client">The client that sent it.</param>
    public SharedOutcomeException(Exception failure, object client)
        : base(failure.Message, failure) => Client = client;

    /// <summary>The response; null for a failure.</summary>
    public CachedMedia? Response { get; }

    /// <summary>The client whose call failed.</summary>
    public object? Client { get; }
}
