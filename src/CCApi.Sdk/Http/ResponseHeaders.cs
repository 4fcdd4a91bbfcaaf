using System.Linq;
using System.Net.Http.Headers;

namespace CCApi.Sdk;

/// <summary>The names and readings of the response headers that the SDK knows.</summary>
internal static class ResponseHeaders
{
    private static readonly string[] _requestIds = ["x-request-id", "x-oneapi-request-id", "cf-ray"];

    public static string? RequestId(HttpResponseHeaders headers) => _requestIds.Select(name => First(headers, name)).FirstOrDefault(id => id is not null);

    public static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) : null;
}
