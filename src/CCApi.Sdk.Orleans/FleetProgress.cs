using System;

namespace CCApi.Sdk.Orleans;

/// <summary>The state of a job at one time.</summary>
public sealed class FleetProgress
{
    /// <summary>The number of items.</summary>
    public int Total { get; init; }

    /// <summary>Items that are done.</summary>
    public int Done { get; init; }

    /// <summary>Items that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Items that were sent and whose result is not known.</summary>
    public int InDoubt { get; init; }

    /// <summary>Items that were not sent, because the job was stopped or a budget is used up.</summary>
    public int NotSent { get; init; }

    /// <summary>Calls under way, as the partitions last reported.</summary>
    public int InFlight { get; init; }

    /// <summary>The number of partitions.</summary>
    public int Partitions { get; init; }

    /// <summary>Partitions that have begun.</summary>
    public int PartitionsBegun { get; init; }

    /// <summary>Partitions all of whose items have an outcome.</summary>
    public int PartitionsFinished { get; init; }

    /// <summary>How often a partition went on elsewhere, because its silo died or stopped.</summary>
    public int Revivals { get; init; }

    /// <summary>The sum of the costs that the gateway reported.</summary>
    public decimal Cost { get; init; }

    /// <summary>Items with an outcome.</summary>
    public int Finished => Done + Failed + InDoubt + NotSent;

    /// <summary>Whether every item has its outcome.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Returns the state in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Finished} of {Total}: {Done} done, {Failed} failed, {InDoubt} in doubt, {NotSent} not sent, {InFlight} in flight, cost {Cost}");
}
