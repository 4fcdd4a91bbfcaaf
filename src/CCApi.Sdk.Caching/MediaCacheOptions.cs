using System;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk.Caching;

/// <summary>The settings of a <see cref="MediaCache"/>. Copied and checked when it is created.</summary>
public sealed class MediaCacheOptions
{
    /// <summary>Whether only calls with <see cref="CCApiRequestOptions.UseCache"/> = true use the cache.</summary>
    /// <value>The default is false: every call that may be cached is, except those with <c>UseCache</c> = false.</value>
    public bool OnlyWhenRequested { get; set; }

    /// <summary>How long a response is kept in all.</summary>
    /// <value>More than 0. The default is 30 days.</value>
    public TimeSpan Expiration { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a response is kept in the memory of this process; <see cref="Expiration"/> when that is shorter.</summary>
    /// <value>More than 0. The default is 1 hour.</value>
    public TimeSpan LocalExpiration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The largest response that is kept, with its sound or image. A larger one is returned and not cached.</summary>
    /// <value>1 to 1 GiB. The default is 32 MiB.</value>
    public int MaxEntryBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// How much is kept in the memory of this process; what does not fit is kept in <see cref="DistributedCache"/> alone.
    /// </summary>
    /// <value>0 or more; 0 keeps nothing in memory. The default is 256 MiB.</value>
    public long MaxMemoryBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Where responses survive a restart and are shared by processes: Redis, a database, files.</summary>
    /// <value>The default is null: in memory only. <c>AddCcApiMediaCache</c> uses the one that is registered.</value>
    /// <remarks>
    /// A call waits for it at most 5 s, and at most half of its total budget of time. When it has not responded to a read within
    /// 5 s, or to a write within 30 s, it is left alone for a minute.
    /// </remarks>
    public IDistributedCache? DistributedCache { get; set; }

    /// <summary>Receives the log of the cache, such as failures of <see cref="DistributedCache"/>, which never fail a call.</summary>
    /// <value>The default is null. <c>AddCcApiMediaCache</c> uses the one that is registered.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The clock of the waits for <see cref="DistributedCache"/>.</summary>
    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal MediaCacheOptions CheckedCopy(string parameterName)
    {
        Check(Expiration > TimeSpan.Zero, nameof(Expiration), "more than 0");
        Check(LocalExpiration > TimeSpan.Zero, nameof(LocalExpiration), "more than 0");
        Check(MaxEntryBytes is > 0 and <= 1 << 30, nameof(MaxEntryBytes), "from 1 to 1 GiB");
        Check(MaxMemoryBytes >= 0, nameof(MaxMemoryBytes), "0 or more");
        return (MediaCacheOptions)MemberwiseClone();

        void Check(bool isValid, string name, string range)
        {
            if (!isValid)
            {
                throw new ArgumentException($"{nameof(MediaCacheOptions)}.{name} must be {range}.", parameterName);
            }
        }
    }
}
