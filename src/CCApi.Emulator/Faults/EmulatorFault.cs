using System;

namespace CCApi.Emulator;

/// <summary>Something that goes wrong with a request, or with the job that it started, after it was charged.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Status">The status, for <see cref="EmulatorFaultKind.Status"/>.</param>
/// <param name="RetryAfter">The <c>Retry-After</c> to send with a status; null for none.</param>
public sealed record EmulatorFault(EmulatorFaultKind Kind, int Status = 503, TimeSpan? RetryAfter = null)
{
    /// <summary>
    /// The response is an error of this status. Its charge is refunded, as the service does (inferred), except for 504, 520 and
    /// 524.
    /// </summary>
    /// <param name="status">The status, 400 to 599.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> to send; null for none.</param>
    public static EmulatorFault WithStatus(int status, TimeSpan? retryAfter = null)
    {
        if (status is >= 400 and <= 599)
        {
            return new EmulatorFault(EmulatorFaultKind.Status, status, retryAfter);
        }

        throw new ArgumentOutOfRangeException(nameof(status), status, "It must be from 400 to 599.");
    }

    /// <summary>Whether it meets the job and not the request that starts it.</summary>
    internal bool IsOfJob => Kind >= EmulatorFaultKind.JobFailed;
}
