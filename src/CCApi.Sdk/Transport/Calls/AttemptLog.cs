using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace CCApi.Sdk;

/// <summary>The attempts of one call: the current one, and what became of those before.</summary>
/// <remarks>The list is created with the first failure: most calls succeed at once. Lists that were handed out do not change.</remarks>
internal sealed class AttemptLog(ApiRequest request)
{
    private TimeSpan _start;

    /// <summary>The number of the current attempt; 1 for the first.</summary>
    public int Number { get; private set; }

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

    /// <summary>Adds the current attempt. A response that began as a success and failed later is one attempt.</summary>
    public CCApiAttempt Add(
        TimeSpan elapsed,
        HttpStatusCode? status,
        string? fault,
        string? decision,
        TimeSpan? delay,
        string? model,
        TimeSpan? rateLimiterWait = null)
    {
        var attempt = new CCApiAttempt
        {
            Number = Number,
            Request = request.ToString(),
            Model = model,
            StatusCode = status,
            Fault = fault,
            Elapsed = Duration(elapsed),
            Decision = decision,
            Delay = delay,
            RateLimiterWait = rateLimiterWait,
        };

        Attempts = [.. (Attempts ?? []).Where(earlier => earlier.Number != Number), attempt];

        return attempt;
    }
}
