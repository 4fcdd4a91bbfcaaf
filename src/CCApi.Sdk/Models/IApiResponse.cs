using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>A top-level response.</summary>
internal interface IApiResponse : IUnknownMembers
{
    CCApiResponseInfo? Info { get; set; }

    /// <summary>Whether it contains what was requested; without, a message in it is an error.</summary>
    bool HasPayload { get; }
}
