using System;

namespace CCApi.Sdk.Bulk;

/// <summary>An item on its way through a run.</summary>
internal sealed class WorkItem(BulkItem item, int? line, long index)
{
    public BulkItem Item => item;

    public int? Line => line;

    /// <summary>The place of its outcome when outcomes are in order.</summary>
    public long Index => index;

    /// <summary>How often it was sent.</summary>
    public int Sendings { get; set; }

    /// <summary>How often it was sent without a 429.</summary>
    public int Rounds { get; set; }

    /// <summary>How many 429s in a row it got.</summary>
    public int RateLimits { get; set; }

    public string? JobId { get; set; }

    /// <summary>Whether the gateway may have received it.</summary>
    public bool IsSent { get; set; }

    public TimeSpan? FirstSent { get; set; }
}
