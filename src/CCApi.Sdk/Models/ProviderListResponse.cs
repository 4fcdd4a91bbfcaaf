using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ProviderListResponse : IApiResponse
{
    /// <summary>
    /// Status, request id, headers and attempts of the call. Null when the response was created manually; never
    /// serialized.
    /// </summary>
    [JsonIgnore]
    public CCApiResponseInfo? Info { get; set; }

    // The response is nowhere documented: the other likely name of the list is read too (inferred).
    partial void OnRead()
    {
        Data ??= Wrapping.TakeList(AdditionalProperties, ProviderSummary.ReadFrom, "providers", "result");

        var innerTag = Wrapping.TakeText(AdditionalProperties, "object");
        Object ??= innerTag;
        AdditionalProperties?.Remove("data");
        AdditionalProperties = Wrapping.Rest(AdditionalProperties);
    }

    bool IApiResponse.HasPayload => Data is not null;
}
