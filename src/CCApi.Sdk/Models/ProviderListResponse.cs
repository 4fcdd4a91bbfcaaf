using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ProviderListResponse
{
    // The answer is nowhere documented: the other likely name of the list is read too (inferred).
    partial void OnRead()
    {
        Data ??= Wrapping.TakeList(AdditionalProperties, ProviderSummary.ReadFrom, "providers", "result");
        AdditionalProperties = Wrapping.Rest(AdditionalProperties);
    }
}
