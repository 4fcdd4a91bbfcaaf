using System;

namespace CCApi.Sdk;

/// <summary>What follows a failed attempt, after which delay, and why.</summary>
internal readonly record struct RetryDecision(RetryAction Action, TimeSpan Delay, string Reason)
{
    public bool GoesOn => Action != RetryAction.GiveUp;

    public static RetryDecision GiveUp(string reason) => new(RetryAction.GiveUp, TimeSpan.Zero, reason);
}
