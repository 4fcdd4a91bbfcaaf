using System;
using System.Collections.Generic;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>Results that are stored together, before the states of their items.</summary>
[GenerateSerializer]
[Alias("ccapi.results")]
internal sealed class ResultChunk
{
    /// <summary>The activation that wrote it.</summary>
    [Id(0)]
    public Guid Writer { get; set; }

    [Id(1)]
    public List<ResultRecord> Results { get; set; } = [];
}
