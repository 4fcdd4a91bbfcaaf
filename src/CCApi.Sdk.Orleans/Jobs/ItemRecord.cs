using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>An item as it is stored.</summary>
[GenerateSerializer]
[Alias("ccapi.item")]
internal sealed class ItemRecord
{
    [Id(0)]
    public string Id { get; set; } = string.Empty;

    /// <summary>A value of <see cref="Bulk.BulkItemKind"/>.</summary>
    [Id(1)]
    public int Kind { get; set; }

    /// <summary>The request as JSON.</summary>
    [Id(2)]
    public string Request { get; set; } = string.Empty;
}
