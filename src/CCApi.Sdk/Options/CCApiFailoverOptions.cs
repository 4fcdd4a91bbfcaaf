using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>
/// Which other models answer when one cannot, for chat, speech and images. Copied when a client is made; not thread-safe. The
/// gateway itself knows failover for chat only: <see cref="Models.ChatCompletionRequest.Models"/>, and requests that name those
/// are left to it.
/// </summary>
/// <remarks>
/// A call goes on with the next model when its retries with the one before are over; all share its total budget, and the trail of
/// attempts shows each. What may have been charged (connection lost after sending, 504, 520, 524, time-outs) goes on only with
/// <see cref="CCApiRetryOptions.RetryPossiblyCharged"/>; billing, wrong requests and wrong keys never do. A stream goes on only
/// until its first text, reasoning or tool call.
/// </remarks>
public sealed class CCApiFailoverOptions
{
    /// <summary>The models to go on with, by the model that was asked for, in the order in which they are tried.</summary>
    public IDictionary<string, IReadOnlyList<string>> Alternatives { get; private set; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether to go on after errors that the gateway reports itself and that may pass: 408, 429, 500, 502, 503, 521, 522, 523,
    /// 529, also hidden in a 200.
    /// </summary>
    /// <value>The default is true.</value>
    public bool OnOverload { get; set; } = true;

    /// <summary>Whether to go on when nobody serves the model: <see cref="CCApiModelUnavailableException"/>.</summary>
    /// <value>The default is true.</value>
    public bool OnModelUnavailable { get; set; } = true;

    /// <summary>Whether to go on when no connection was made.</summary>
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
