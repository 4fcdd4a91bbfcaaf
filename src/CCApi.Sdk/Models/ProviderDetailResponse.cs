using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ProviderDetailResponse : IApiResponse
{
    /// <summary>
    /// Status, request id, headers and attempts of the call. Null when the response was created manually; never
    /// serialized.
    /// </summary>
    [JsonIgnore]
    public CCApiResponseInfo? Info { get; set; }

    // The response is nowhere documented: the provider may stand in a member of its own (inferred).
    partial void OnRead()
    {
        if (Name is not null || Wrapping.TakeObject(AdditionalProperties, ReadFrom, "data", "provider") is not { } inner)
        {
            return;
        }

        Object ??= inner.Object;
        Name = inner.Name;
        DisplayName ??= inner.DisplayName;
        IsFundamental ??= inner.IsFundamental;
        Models ??= inner.Models;

        foreach (var member in inner.AdditionalProperties ?? new Dictionary<string, JsonElement>())
        {
            AdditionalProperties![member.Key] = member.Value;
        }

        AdditionalProperties = Wrapping.Rest(AdditionalProperties);
    }

    bool IApiResponse.HasPayload => Name is not null || Models is not null;
}
