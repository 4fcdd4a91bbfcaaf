using System;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>What a partition knows of its items, as it is stored before each sending.</summary>
[GenerateSerializer]
[Alias("ccapi.partition-state")]
internal sealed class PartitionState
{
    /// <summary>The activation that wrote it.</summary>
    [Id(0)]
    public Guid Writer { get; set; }

    /// <summary>Whether nothing more is sent.</summary>
    [Id(1)]
    public bool IsStopped { get; set; }

    /// <summary>A <see cref="FleetItemState"/> for each item.</summary>
    [Id(2)]
    public byte[] States { get; set; } = [];

    /// <summary>How many chunks of results are stored.</summary>
    [Id(3)]
    public int Chunks { get; set; }

    /// <summary>The sum of the costs in them.</summary>
    [Id(4)]
    public decimal Cost { get; set; }

    /// <summary>How often an activation found it unfinished.</summary>
    [Id(5)]
    public int Revivals { get; set; }
}
