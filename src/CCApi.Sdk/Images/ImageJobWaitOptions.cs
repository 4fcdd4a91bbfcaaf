using System;

namespace CCApi.Sdk;

/// <summary>How a job is waited for. Not to be changed while it is.</summary>
public sealed class ImageJobWaitOptions
{
    /// <summary>How long to wait in all. When it runs out, the job itself goes on; take it up again with <see cref="ImagesClient.ResumeJob"/>.</summary>
    /// <value>More than 0, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. The default is 15 min.</value>
    public TimeSpan Timeout { get; set; } = CCApiDefaults.ImageJobTimeout;

    /// <summary>The longest pause between two questions. Pauses begin with the gateway's estimate (1 s to 5 s), grow, and are a little random.</summary>
    /// <value>More than 0. The default is 10 s.</value>
    public TimeSpan MaxDelay { get; set; } = CCApiDefaults.ImageJobMaxDelay;

    internal void Check(string parameterName)
    {
        if (MaxDelay <= TimeSpan.Zero || (Timeout <= TimeSpan.Zero && Timeout != System.Threading.Timeout.InfiniteTimeSpan))
        {
            throw new ArgumentException("Timeout and MaxDelay must be more than 0; Timeout may be Timeout.InfiniteTimeSpan.", parameterName);
        }
    }
}
