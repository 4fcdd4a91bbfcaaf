using System;
using System.Globalization;
using System.Net;
using System.Text;

namespace CCApi.Sdk;

/// <summary>One attempt of a call: its outcome, and why it was repeated or not. The properties are settable for tests.</summary>
public sealed class CCApiAttempt
{
    /// <summary>The number of the attempt; 1 for the first.</summary>
    public int Number { get; set; }

    /// <summary>The request, such as <c>POST /chat/completions</c>, without its query; null when it is not known.</summary>
    public string? Request { get; set; }

    /// <summary>
    /// The model of the request; null when the call has no other model to fail over to, see <see cref="CCApiFailoverOptions"/>.
    /// </summary>
    public string? Model { get; set; }

    /// <summary>The status of the response; null when none was received.</summary>
    public HttpStatusCode? StatusCode { get; set; }

    /// <summary>The failure, in a few words; null for a success.</summary>
    public string? Fault { get; set; }

    /// <summary>The duration of the attempt, without its wait for the rate limiter.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Why the attempt was repeated or not; null for a success.</summary>
    public string? Decision { get; set; }

    /// <summary>The delay before the next attempt; null when there was none.</summary>
    public TimeSpan? Delay { get; set; }

    /// <summary>
    /// How long the attempt waited for <see cref="CCApiClientOptions.RateLimiter"/> before it was sent; null when there is no limiter.
    /// </summary>
    public TimeSpan? RateLimiterWait { get; set; }

    /// <summary>
    /// What the attempt cost although it failed: of source <see cref="CostSource.Unknown"/> when it may have been charged. Null
    /// when it was not charged, and for a success, whose cost is in <see cref="CCApiResponseInfo.Cost"/>.
    /// </summary>
    public CCApiCost? Cost { get; set; }

    /// <summary>Returns the attempt in one line.</summary>
    public override string ToString()
    {
        var line = new StringBuilder();
        line.AppendFormat(CultureInfo.InvariantCulture, "attempt {0}", Number);
        if (Model is not null)
        {
            line.AppendFormat(CultureInfo.InvariantCulture, " ({0})", Model);
        }

        line.Append(": ");
        if (StatusCode is { } status)
        {
            line.AppendFormat(CultureInfo.InvariantCulture, "{0} ", (int)status);
        }

        if (Fault is not null)
        {
            line.AppendFormat(CultureInfo.InvariantCulture, "{0} ", Fault);
        }

        line.AppendFormat(CultureInfo.InvariantCulture, "after {0:0.###} s", Elapsed.TotalSeconds);
        if (RateLimiterWait > TimeSpan.Zero)
        {
            line.AppendFormat(CultureInfo.InvariantCulture, " and {0:0.###} s at the rate limiter", RateLimiterWait.Value.TotalSeconds);
        }

        line.Append("; ").Append(Decision ?? "done");

        return line.ToString();
    }
}
