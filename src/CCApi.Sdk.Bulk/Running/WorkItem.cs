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

    /// <summary>The hash of its request; null until the ledger was read for it in this run, or without a ledger.</summary>
    public byte[]? Request { get; set; }

    /// <summary>Whether an earlier run left it in doubt.</summary>
    public bool WasInDoubt { get; set; }

    /// <summary>What its calls cost, those of earlier runs included; null for nothing.</summary>
    public CCApiCost? Cost { get; set; }

    /// <summary>What its calls cost in this run; null for nothing.</summary>
    public CCApiCost? CostOfRun { get; private set; }

    /// <summary>What earlier runs were charged for it; null when that is not known.</summary>
    public decimal? EarlierCharge { get; set; }

    /// <summary>What its calls reserve and cost; null without a budget.</summary>
    public ItemBudgetStore? Budget { get; set; }

    /// <summary>What is known of it when its call failed.</summary>
    /// <param name="isCanceled">Whether the run was canceled.</param>
    public RoundState StateWhen(bool isCanceled) => new()
    {
        IsSent = IsSent,
        HasJob = JobId is not null,
        WasInDoubt = WasInDoubt,
        IsCanceled = isCanceled,
        Rounds = Rounds,
        RateLimits = RateLimits,
    };

    /// <summary>Adds what a call cost, whether it succeeded or not.</summary>
    public void AddCost(CCApiCost? cost)
    {
        Cost = CCApiCost.Sum(Cost, cost);
        CostOfRun = CCApiCost.Sum(CostOfRun, cost);
    }

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
    /// <param name="own">What was charged in this run; null when that is not known.</param>
    public decimal? ChargeWith(decimal? own) => own is { } known ? Money.Add(EarlierCharge ?? 0, known) : EarlierCharge;
}
