namespace CCApi.Sdk.Json;

/// <summary>A class of the contract: as an optional member of a request it is not written when nothing of it is set.</summary>
internal interface IJsonObject : IJsonModel
{
    bool IsEmpty { get; }
}
