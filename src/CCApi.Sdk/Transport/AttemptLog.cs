using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace CCApi.Sdk;

/// <summary>The attempts of one call: the current one, and what became of those before.</summary>
/// <remarks>The list is created with the first failure: most calls succeed at once. Lists that were handed out do not change.</remarks>
internal sealed class AttemptLog
{
    private TimeSpan _start;

    /// <summary>The number of the current attempt; 1 for the first.</summary>
    public int Number { get; private set; }

    /// <summary>
    /// How many attempts were repeated beside the retries of the options: with another key than the rejected one, or by a strategy of
    /// the user.
    /// </summary>
    public int UncountedRepeats { get; set; }

    /// <summary>Every attempt that has ended; null when none is listed.</summary>
    public IReadOnlyList<CCApiAttempt>? Attempts { get; private set; }

    /// <summary>Starts the next attempt.</summary>
    /// <param name="elapsed">How long the call has run.</param>
    public void Begin(TimeSpan elapsed)
    {
        Number++;
        _start = elapsed;
    }

    /// <summary>Starts the time of the current attempt anew, after it waited for the rate limiter.</summary>
    public void Restart(TimeSpan elapsed) => _start = elapsed;

    /// <summary>How long the current attempt has run.</summary>
    public TimeSpan Duration(TimeSpan elapsed) => elapsed - _start;

    /// <summary>Lists the current attempt, which was a success so far.</summary>
    public void AddSuccess(ApiCall call, HttpStatusCode status) => Add(call, status, fault: null, decision: null, delay: null);

    /// <summary>Lists the current attempt, which failed.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failure">Why.</param>
    /// <param name="decision">What follows.</param>
    /// <param name="delay">The delay before the next attempt; null when it does not wait.</param>
    public CCApiAttempt AddFailure(ApiCall call, CallFailure failure, string decision, TimeSpan? delay) =>
        Add(call, failure.Status, ExceptionFactory.Name(call, failure), call.Redaction.Apply(decision), delay);

    /// <summary>Lists the current attempt, which a strategy of the user repeats.</summary>
    /// <param name="call">The call.</param>
    /// <param name="status">The status of its response; null when none was received.</param>
    /// <param name="fault">How it failed, in a few words; null for a success.</param>
    public CCApiAttempt AddRepeated(ApiCall call, HttpStatusCode? status, string? fault) =>
        Add(call, status, fault, "repeated by a strategy of ConfigureResilience", delay: null);

    /// <summary>Adds the current attempt. A response that began as a success and failed later is one attempt.</summary>
    private CCApiAttempt Add(ApiCall call, HttpStatusCode? status, string? fault, string? decision, TimeSpan? delay)
    {
        var attempt = new CCApiAttempt
        {
            Number = Number,
            Request = call.Request.ToString(),
            Model = call.Redaction.Apply(call.Payload.RouteModel),
            StatusCode = status,
            Fault = fault,
            Elapsed = call.AttemptElapsed,
            Decision = decision,
            Delay = delay,
            RateLimiterWait = call.Turn?.Wait,
        };

        Attempts = [.. (Attempts ?? []).Where(earlier => earlier.Number != Number), attempt];

        return attempt;
    }
}
