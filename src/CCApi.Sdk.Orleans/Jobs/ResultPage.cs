using System.Collections.Generic;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>Some results of a partition.</summary>
[GenerateSerializer]
[Alias("ccapi.result-page")]
internal sealed class ResultPage
{
    [Id(0)]
    public List<ResultRecord> Results { get; set; } = [];

    /// <summary>Where the next page begins.</summary>
    [Id(1)]
    public int NextChunk { get; set; }

    /// <summary>Whether nothing follows.</summary>
    [Id(2)]
    public bool IsLast { get; set; }
}
