using System;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>
/// The time budgets of a call. Each may be <see cref="Timeout.InfiniteTimeSpan"/>. Copied when a client is made; not thread-safe.
/// </summary>
/// <remarks>A budget that runs out ends the call with a <see cref="CCApiTimeoutException"/> that names it.</remarks>
public sealed class CCApiTimeoutOptions
{
    /// <summary>
    /// To make a connection. Ignored with an HttpClient of your own, whose handler has its own setting, and on .NET Framework.
    /// </summary>
    /// <value>More than 0. The default is 15 s.</value>
    public TimeSpan Connect { get; set; } = CCApiDefaults.ConnectTimeout;

    /// <summary>From the start of one attempt until its headers arrive.</summary>
    /// <value>More than 0. The default is 5 min.</value>
    public TimeSpan Attempt { get; set; } = CCApiDefaults.AttemptTimeout;

    /// <summary>
    /// For the whole call with its retries and waits: until the last byte of a plain response, or the first chunk of a stream.
    /// </summary>
    /// <value>More than 0. The default is 10 min.</value>
    public TimeSpan Total { get; set; } = CCApiDefaults.TotalTimeout;

    /// <summary>
    /// From the headers of a stream until its first chunk; comments that only keep the connection open do not count. Of speech and
    /// other bytes that are passed on as they are received, until the first of them.
    /// </summary>
    /// <value>More than 0. The default is 2 min.</value>
    public TimeSpan FirstChunk { get; set; } = CCApiDefaults.FirstChunkTimeout;

    /// <summary>Between two chunks of a stream that carry something; heartbeats do not count.</summary>
    /// <value>More than 0. The default is 5 min.</value>
    public TimeSpan NextChunk { get; set; } = CCApiDefaults.NextChunkTimeout;

    /// <summary>For one whole download with its redirects, until its last byte.</summary>
    /// <value>More than 0. The default is 30 min.</value>
    public TimeSpan Download { get; set; } = CCApiDefaults.DownloadTimeout;

    /// <summary>
    /// Between any two reads of a body or a download, and of a stream that has begun: before that, <see cref="FirstChunk"/> is its
    /// budget.
    /// </summary>
    /// <value>More than 0. The default is 60 s.</value>
    public TimeSpan Idle { get; set; } = CCApiDefaults.IdleTimeout;

    internal CCApiTimeoutOptions Clone() => (CCApiTimeoutOptions)MemberwiseClone();
}
