using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>What came of one item, as it is stored and read.</summary>
[GenerateSerializer]
[Alias("ccapi.result")]
internal sealed class ResultRecord
{
    [Id(0)]
    public int Index { get; set; }

    [Id(1)]
    public FleetItemState State { get; set; }

    [Id(2)]
    public string Id { get; set; } = string.Empty;

    /// <summary>A value of <see cref="Bulk.BulkItemKind"/>.</summary>
    [Id(3)]
    public int Kind { get; set; }

    /// <summary>The response as JSON.</summary>
    [Id(4)]
    public string? Response { get; set; }

    [Id(5)]
    public decimal? Cost { get; set; }

    [Id(6)]
    public string? JobId { get; set; }

    /// <summary>Why there is no response.</summary>
    [Id(7)]
    public string? Error { get; set; }
}
