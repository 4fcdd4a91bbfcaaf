using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>A request that names its model.</summary>
internal interface IModelChoice : IJsonModel
{
    /// <summary>The model; null when the gateway chooses it.</summary>
    string? Model { get; }

    /// <summary>A copy for another model.</summary>
    IJsonModel With(string model);
}
