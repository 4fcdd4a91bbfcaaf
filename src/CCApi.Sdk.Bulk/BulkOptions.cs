using System;

namespace CCApi.Sdk.Bulk;

/// <summary>The settings of a <see cref="BulkRunner"/>. Copied and checked when it is created.</summary>
public sealed class BulkOptions
{
    /// <summary>
    /// The SQLite file that records each item before it is sent and after it ended, so that a run can be resumed. A file that does not
    /// exist is created.
    /// </summary>
    /// <value>The default is null: no ledger, and nothing survives the process.</value>
    public string? LedgerPath { get; set; }

    /// <summary>What happens to items that an earlier run sent and whose result it did not record.</summary>
    /// <value>The default is <see cref="InDoubtAction.LookUp"/>.</value>
    public InDoubtAction InDoubt { get; set; }

    /// <summary>
    /// The folder in which speech and images are saved. It is created. Files have the id of their item as a name, with a hash where it
    /// has other characters than lower case, digits and hyphens; several images end in <c>--1</c>, <c>--2</c>.
    /// </summary>
    /// <value>The default is null: they stay in the response, which the ledger keeps.</value>
    public string? MediaFolder { get; set; }

    /// <summary>The number of calls at once that the run starts with.</summary>
    /// <value>1 or more. The default is 4.</value>
    public int InitialConcurrency { get; set; } = 4;

    /// <summary>The most calls at once. The run finds the number that the gateway accepts below it.</summary>
    /// <value>1 or more. The default is 64.</value>
    public int MaxConcurrency { get; set; } = 64;

    /// <summary>Whether outcomes are returned in the order of the items; else as they complete.</summary>
    /// <value>The default is false.</value>
    /// <remarks>
    /// Outcomes that are ready wait for those before them, at most 4 times <see cref="MaxConcurrency"/> or 1,024 of them.
    /// </remarks>
    public bool InOrder { get; set; }

    /// <summary>How often an item is sent at most, when it fails with errors that may pass; a 429 does not count.</summary>
    /// <value>1 or more. The default is 3.</value>
    public int MaxRounds { get; set; } = 3;

    /// <summary>The delay before the second round of an item; it doubles with each further one, up to 1 day, with jitter.</summary>
    /// <value>0 or more. The default is 1 second.</value>
    public TimeSpan RoundDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The limit of what the run may cost. Each call reserves the most that it may cost before it is sent; one that does not fit,
    /// also when the calls under way are settled, is <see cref="BulkStatus.NotSent"/>.
    /// </summary>
    /// <value>The default is null: no limit but those of the client.</value>
    /// <remarks>
    /// What earlier runs of the ledger cost counts, and what is in doubt counts with the most that it may have cost, unless the budget
    /// has a store of its own, which has counted both. In doubt from a run without a budget, an item counts as
    /// <see cref="CCApiBudget.UnknownPriceReservation"/>. With a budget, an item is recorded as sent when its request leaves, after
    /// it has waited for the rate limiter.
    /// </remarks>
    public CCApiBudget? Budget { get; set; }

    /// <summary>The number of items, for <see cref="BulkProgress.Eta"/>; a JSONL file is counted.</summary>
    /// <value>The default is null: not known.</value>
    public int? Total { get; set; }

    /// <summary>Receives the state of the run, at most once in <see cref="ProgressInterval"/> and at the end.</summary>
    /// <value>The default is null.</value>
    /// <remarks>What it throws ends the run in order, and is thrown after the last outcome.</remarks>
    public IProgress<BulkProgress>? Progress { get; set; }

    /// <summary>The least time between two reports.</summary>
    /// <value>0 or more. The default is 0.5 seconds.</value>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest line of a JSONL file, in bytes; a longer one fails, and the rest runs.</summary>
    /// <value>More than 0. The default is 64 MiB.</value>
    public int MaxLineBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The clock of delays and rates.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal BulkOptions CheckedCopy()
    {
        AtLeast(InitialConcurrency, 1, nameof(InitialConcurrency));
        AtLeast(MaxConcurrency, 1, nameof(MaxConcurrency));
        AtLeast(MaxRounds, 1, nameof(MaxRounds));
        AtLeast(MaxLineBytes, 1, nameof(MaxLineBytes));
        AtLeast(Total ?? 0, 0, nameof(Total));
        if (RoundDelay < TimeSpan.Zero || ProgressInterval < TimeSpan.Zero)
        {
            throw new ArgumentException("BulkOptions.RoundDelay and ProgressInterval must be 0 or more.", "options");
        }

        if (!Enum.IsDefined(InDoubt))
        {
            throw new ArgumentException($"BulkOptions.InDoubt is {InDoubt}: set it to LookUp, Report or Resend.", "options");
        }

        ArgumentNullException.ThrowIfNull(TimeProvider);
        return (BulkOptions)MemberwiseClone();
    }

    private static void AtLeast(int value, int least, string name)
    {
        if (value < least)
        {
#pragma warning disable CA2208 // The name of the caller's argument.
            throw new ArgumentException(
                FormattableString.Invariant($"BulkOptions.{name} is {value}; set it to {least} or more."), "options");
#pragma warning restore CA2208
        }
    }
}
