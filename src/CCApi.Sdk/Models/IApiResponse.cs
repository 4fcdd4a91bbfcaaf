using System.Collections.Generic;
using System.Text.Json;

namespace CCApi.Sdk;

/// <summary>A top-level response.</summary>
internal interface IApiResponse
{
    CCApiResponseInfo? Info { get; set; }

    IDictionary<string, JsonElement>? AdditionalProperties { get; }

    /// <summary>Whether it holds what was asked for; without, a message in it is an error.</summary>
    bool HasPayload { get; }
}
