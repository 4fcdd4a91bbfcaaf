using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>How far a job is, as its coordinator reports it.</summary>
[GenerateSerializer]
[Alias("ccapi.job-progress")]
internal sealed class JobProgress
{
    [Id(0)]
    public PartitionView Sums { get; set; } = new();

    [Id(1)]
    public int Items { get; set; }

    [Id(2)]
    public int Partitions { get; set; }

    [Id(3)]
    public int Begun { get; set; }

    [Id(4)]
    public int Finished { get; set; }

    public FleetProgress ToPublic() => new()
    {
        Total = Items,
        Done = Sums.Done,
        Failed = Sums.Failed,
        InDoubt = Sums.InDoubt,
        NotSent = Sums.NotSent,
        InFlight = Sums.InFlight,
        Partitions = Partitions,
        PartitionsBegun = Begun,
        PartitionsFinished = Finished,
        Revivals = Sums.Revivals,
        Cost = Sums.Cost,
        IsFinished = Sums.IsFinished,
    };
}
