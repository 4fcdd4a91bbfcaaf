using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ModelListResponse
{
    // Some gateways wrap the list otherwise (observed).
    partial void OnRead()
    {
        Data ??= Wrapping.TakeList(AdditionalProperties, ModelSummary.ReadFrom, "models", "result");
        AdditionalProperties = Wrapping.Rest(AdditionalProperties);
    }
}
