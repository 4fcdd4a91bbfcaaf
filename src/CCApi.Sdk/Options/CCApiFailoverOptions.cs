using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>
/// Which other models are called when one fails, for chat, speech and images. Copied when a client is created; not
/// thread-safe. The gateway itself has failover for chat only: <see cref="Models.ChatCompletionRequest.Models"/>, and
/// requests that name those are left to it.
/// </summary>
/// <remarks>
/// A call fails over to the next model when its retries with the one before are used up; all share its total budget,
/// and the trail of attempts shows each. What may have been charged (connection lost after sending, 504, 520, 524,
/// time-outs) fails over only with <see cref="CCApiRetryOptions.RetryPossiblyCharged"/>; billing, wrong requests and
/// wrong keys never do. A stream fails over only until its first text, reasoning or tool call.
/// </remarks>
public sealed class CCApiFailoverOptions
{
    /// <summary>The models to fail over to, by the requested model, in the order in which they are tried.</summary>
    public IDictionary<string, IReadOnlyList<string>> Alternatives { get; private set; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether to fail over after transient errors that the gateway itself reports: 408, 429, 500, 502, 503, 521, 522,
    /// 523, 529, also inside a 200.
    /// </summary>
    /// <value>The default is true.</value>
    public bool OnOverload { get; set; } = true;

    /// <summary>Whether to fail over when no provider serves the model: <see cref="CCApiModelUnavailableException"/>.</summary>
    /// <value>The default is true.</value>
    public bool OnModelUnavailable { get; set; } = true;

    /// <summary>Whether to fail over when no connection could be established.</summary>
    /// <value>The default is true.</value>
    public bool OnConnectionFailure { get; set; } = true;

    /// <summary>For how long a model that was overloaded or unavailable is tried last by every call of the client.</summary>
    /// <value>0 or more. The default is 60 s.</value>
    public TimeSpan CoolDown { get; set; } = CCApiDefaults.FailoverCoolDown;

    internal CCApiFailoverOptions Clone()
    {
        var copy = (CCApiFailoverOptions)MemberwiseClone();
        copy.Alternatives = new Dictionary<string, IReadOnlyList<string>>(
            Alternatives.Count, StringComparer.OrdinalIgnoreCase);

        foreach (var entry in Alternatives)
        {
            // The lists are the caller's, who may change them. A null is reported by the validation.
            copy.Alternatives[entry.Key] = entry.Value is null ? null! : [.. entry.Value];
        }

        return copy;
    }
}
