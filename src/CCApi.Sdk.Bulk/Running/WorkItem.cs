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

    /// <summary>Whether a request of it has left, as far as that is known apart from <see cref="IsSent"/>.</summary>
    public bool HasLeft => Budget is not null && IsSent;

    public TimeSpan? FirstSent { get; set; }

    /// <summary>What earlier runs were charged for it; null when that is not known.</summary>
    public decimal? EarlierCharge { get; set; }

    /// <summary>What its calls reserve and cost; null without a budget.</summary>
    public ItemBudgetStore? Budget { get; set; }

    /// <summary>Its request leaves; a further request of the same call changes nothing.</summary>
    public void BeginSending(TimeSpan now)
    {
        if (IsSent)
        {
            return;
        }

        IsSent = true;
        Sendings++;
        Rounds++;
        FirstSent ??= now;
    }

    /// <summary>Its request did not leave after all.</summary>
    public void EndSending()
    {
        if (!IsSent)
        {
            return;
        }

        IsSent = false;
        Sendings--;
        Rounds--;
    }

    /// <summary>What the ledger counts for it.</summary>
    /// <param name="cost">What the call that ended is known to have cost, which counts when there is no budget.</param>
    public decimal? ChargeWith(decimal? cost)
    {
        var own = Budget?.Charge ?? cost;
        return own is null ? EarlierCharge : (EarlierCharge ?? 0) + own;
    }
}
