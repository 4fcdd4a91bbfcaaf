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

    /// <summary>The number of that submission; a later one replaces it.</summary>
    [Id(1)]
    public int Attempt { get; set; }

    [Id(2)]
    public JobSettings Settings { get; set; } = new();

    [Id(3)]
    public List<ItemRecord> Items { get; set; } = [];
}
