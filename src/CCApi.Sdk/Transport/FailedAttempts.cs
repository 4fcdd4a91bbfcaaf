using System;

namespace CCApi.Sdk;

/// <summary>
/// The failed attempts of one call: decides what follows each one (a retry, a new key, or the next model), lists it, and prepares
/// the next attempt. It is created with the first failure, which most calls do not have.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="client">What the calls of the client share.</param>
internal sealed class FailedAttempts(ApiCall call, ClientState client)
{
    // Attempts with the models before the current one.
    private int _attemptsBefore;

    /// <summary>What follows the attempt that failed last.</summary>
    public RetryDecision Decision { get; private set; }

    /// <summary>Decides what follows the failure of the current attempt, lists the attempt, and prepares the next one.</summary>
    /// <param name="failure">Why the attempt failed.</param>
    /// <param name="random">A random number of the delay, from 0 to 1.</param>
    public CCApiAttempt Add(CallFailure failure, double random)
    {
        var failed = new RetryCase(
            failure,
            AttemptsThatCount - _attemptsBefore,
            call.Settings.MaxRetries,
            call.MayRepeatCharged,
            call.HasNewKey,
            call.Clock.Remaining,
            call.Payload.NextModel,
            call.Request.CanBeSent,
            call.IsRenewingKey);

        Decision = RetryPolicy.Decide(failed, client.Options.Retry, client.Options.Failover, random);
        TimeSpan? delay = Decision.Action is RetryAction.Retry or RetryAction.RenewKey ? Decision.Delay : null;
        var attempt = call.Log.AddFailure(call, failure, Decision.Reason, delay);
        attempt.Cost = call.Costs.OfAttempt;

        if (Decision.Action == RetryAction.RenewKey)
        {
            call.RepeatWithNewKey();
        }
        else if (Decision.Action == RetryAction.FailOver)
        {
            FailOver(failure);
        }

        return attempt;
    }

    /// <summary>The attempts without those whose key was rejected and renewed, and those that strategies of the user repeated.</summary>
    private int AttemptsThatCount => call.Log.Number - call.Log.UncountedRepeats;

    private void FailOver(CallFailure failure)
    {
        if (FailoverPolicy.IsOfModel(failure))
        {
            var until = call.Now + client.Options.Failover.CoolDown;
            client.FailoverMemory.Cool(call.Key!, call.Payload.Model!, until, call.Now);
        }

        call.Payload.FailOver();
        _attemptsBefore = AttemptsThatCount;
    }
}
