using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>How many items of a partition, or of several, are in which state.</summary>
[GenerateSerializer]
[Alias("ccapi.partition-view")]
internal sealed class PartitionView
{
    [Id(0)]
    public int Done { get; set; }

    [Id(1)]
    public int Failed { get; set; }

    [Id(2)]
    public int InDoubt { get; set; }

    [Id(3)]
    public int NotSent { get; set; }

    [Id(4)]
    public int InFlight { get; set; }

    [Id(5)]
    public int Revivals { get; set; }

    [Id(6)]
    public decimal Cost { get; set; }

    [Id(7)]
    public bool IsFinished { get; set; }

    public void Add(PartitionView other)
    {
        Done += other.Done;
        Failed += other.Failed;
        InDoubt += other.InDoubt;
        NotSent += other.NotSent;
        InFlight += other.InFlight;
        Revivals += other.Revivals;
        Cost += other.Cost;
    }
}
