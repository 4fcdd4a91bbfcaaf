namespace CCApi.Sdk.Bulk;

/// <summary>The operation of an item. The numbers are stored in ledgers.</summary>
internal enum BulkItemKind
{
    Chat = 1,
    StructuredOutput = 2,
    Speech = 3,
    Image = 4,
    LegacyImage = 5,
}
