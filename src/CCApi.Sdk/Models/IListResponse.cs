using System.Collections.Generic;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>A response with a list of results, each of which may be an error instead.</summary>
internal interface IListResponse : IApiResponse
{
    /// <summary>The items of a list in which none is a result; null when there is a result, or no list.</summary>
    IReadOnlyList<IUnknownMembers>? EmptyItems { get; }
}
