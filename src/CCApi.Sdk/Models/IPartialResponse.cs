using System.Collections.Generic;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>A response that may contain content beside an error. The content may be charged, so the exception gets the response.</summary>
internal interface IPartialResponse : IApiResponse
{
    /// <summary>The parts of the response, each of which may report an error of its own.</summary>
    IReadOnlyList<IUnknownMembers>? Parts { get; }

    bool IsTruncated { get; set; }

    /// <summary>Makes it the partial response of an exception.</summary>
    void AttachTo(CCApiException exception);
}
