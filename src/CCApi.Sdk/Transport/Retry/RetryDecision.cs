using System;

namespace CCApi.Sdk;

/// <summary>Whether to try again, after which wait, and why (or why not).</summary>
internal readonly record struct RetryDecision(bool Retry, TimeSpan Delay, string Reason)
{
    public static RetryDecision No(string reason) => new(Retry: false, TimeSpan.Zero, reason);
}
