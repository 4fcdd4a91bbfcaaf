using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ProviderListResponse : IApiResponse
{
    /// <summary>How the response came: status, request id, headers, attempts. Null when it was made by hand; never serialized.</summary>
    [JsonIgnore]
    public CCApiResponseInfo? Info { get; set; }

    // The response is nowhere documented: the other likely name of the list is read too (inferred).
    partial void OnRead()
    {
        Data ??= Wrapping.TakeList(AdditionalProperties, ProviderSummary.ReadFrom, "providers", "result");
        AdditionalProperties = Wrapping.Rest(AdditionalProperties);
    }

    bool IApiResponse.HasPayload => Data is not null;
}
