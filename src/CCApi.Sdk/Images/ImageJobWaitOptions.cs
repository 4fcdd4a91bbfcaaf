using System;

namespace CCApi.Sdk;

/// <summary>How to wait for a job. Copied when a wait begins; not thread-safe.</summary>
public sealed class ImageJobWaitOptions
{
    /// <summary>
    /// The time to wait in all. When it runs out, the job itself continues; resume it with <see cref="ImagesClient.ResumeJob"/>.
    /// </summary>
    /// <value>More than 0, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. The default is 15 min.</value>
    public TimeSpan Timeout { get; set; } = CCApiDefaults.ImageJobTimeout;

    /// <summary>
    /// The longest pause between two polls. Pauses begin with the gateway's estimate (1 s to 5 s), grow, and are a little random.
    /// </summary>
    /// <value>More than 0. The default is 10 s.</value>
    public TimeSpan MaxDelay { get; set; } = CCApiDefaults.ImageJobMaxDelay;

    internal ImageJobWaitOptions Clone() => (ImageJobWaitOptions)MemberwiseClone();

    internal void Check(string parameterName)
    {
        var isTimeoutValid = Timeout > TimeSpan.Zero || Timeout == System.Threading.Timeout.InfiniteTimeSpan;
        if (MaxDelay <= TimeSpan.Zero || !isTimeoutValid)
        {
            throw new ArgumentException(
                "Timeout and MaxDelay must be more than 0; Timeout may be Timeout.InfiniteTimeSpan.",
                parameterName);
        }
    }
}
