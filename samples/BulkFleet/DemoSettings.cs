using CCApi.Sdk.Bulk;

namespace BulkFleet;

/// <summary>What a demonstration does.</summary>
internal sealed record DemoSettings
{
    public const int MaxConcurrency = 24;

    public const decimal Budget = 1_000m;

    public int Items { get; init; }

    public int Kills { get; init; }

    public bool Suspends { get; init; }

    public InDoubtAction InDoubt { get; init; }

    public bool HasLimits { get; init; }

    public required string Timings { get; init; }

    public int PartitionsAtOnce { get; init; }

    public int CallsPerPartition { get; init; }

    public bool IsVerbose { get; init; }
}
