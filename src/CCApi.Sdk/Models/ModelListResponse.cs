using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ModelListResponse : IApiResponse
{
    /// <summary>
    /// Status, request id, headers and attempts of the call. Null when the response was created manually; never
    /// serialized.
    /// </summary>
    [JsonIgnore]
    public CCApiResponseInfo? Info { get; set; }

    // Some gateways wrap the list otherwise (observed).
    partial void OnRead()
    {
        Data ??= Wrapping.TakeList(AdditionalProperties, ModelSummary.ReadFrom, "models", "result", "results", "items");
        Data ??= WrappedModels.Take(AdditionalProperties);

        var innerTag = Wrapping.TakeText(AdditionalProperties, "object");
        Object ??= innerTag;
        AdditionalProperties?.Remove("data");
        AdditionalProperties = Wrapping.Rest(AdditionalProperties);
    }

    bool IApiResponse.HasPayload => Data is not null;
}
