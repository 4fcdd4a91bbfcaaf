using System;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>The settings of a job as they are stored.</summary>
[GenerateSerializer]
[Alias("ccapi.job-settings")]
internal sealed class JobSettings
{
    [Id(0)]
    public int PartitionsAtOnce { get; set; } = 1;

    [Id(1)]
    public int CallsPerPartition { get; set; } = 1;

    [Id(2)]
    public int MaxRounds { get; set; } = 1;

    [Id(3)]
    public TimeSpan RoundDelay { get; set; }

    /// <summary>A value of <see cref="Bulk.InDoubtAction"/>.</summary>
    [Id(4)]
    public int InDoubt { get; set; }
}
