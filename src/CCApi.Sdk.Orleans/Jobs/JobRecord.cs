using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>A job as it is stored.</summary>
[GenerateSerializer]
[Alias("ccapi.job-record")]
internal sealed class JobRecord
{
    [Id(0)]
    public JobPhase Phase { get; set; }

    /// <summary>The submission that it belongs to.</summary>
    [Id(1)]
    public string Submission { get; set; } = string.Empty;

    [Id(2)]
    public JobSettings Settings { get; set; } = new();

    [Id(3)]
    public int Items { get; set; }

    [Id(4)]
    public int Partitions { get; set; }

    /// <summary>How many partitions have begun; they begin in their order.</summary>
    [Id(5)]
    public int Begun { get; set; }

    /// <summary>One byte for each partition that has begun: whether it is finished.</summary>
    [Id(6)]
    public byte[] Finished { get; set; } = [];

    /// <summary>The sums of those that are finished.</summary>
    [Id(7)]
    public PartitionView Totals { get; set; } = new();

    [Id(8)]
    public bool IsStopping { get; set; }
}
