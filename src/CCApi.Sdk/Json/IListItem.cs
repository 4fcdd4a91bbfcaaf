namespace CCApi.Sdk.Json;

/// <summary>An item of a list, in place of which some gateways send the item alone.</summary>
internal interface IListItem
{
    /// <summary>Whether it has any of the members that make it an item, and is not another kind of object.</summary>
    bool IsItem { get; }
}
