using System.Collections.Generic;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>The items of a partition as they are stored, once.</summary>
[GenerateSerializer]
[Alias("ccapi.partition-input")]
internal sealed class PartitionInput
{
    /// <summary>The submission that loaded it.</summary>
    [Id(0)]
    public string Submission { get; set; } = string.Empty;

    [Id(1)]
    public JobSettings Settings { get; set; } = new();

    [Id(2)]
    public List<ItemRecord> Items { get; set; } = [];
}
