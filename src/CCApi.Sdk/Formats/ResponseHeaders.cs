using System.Globalization;
using System.Linq;
using System.Net.Http.Headers;

namespace CCApi.Sdk;

/// <summary>The names and readings of the response headers that the SDK knows.</summary>
internal static class ResponseHeaders
{
    private static readonly string[] _requestIds = ["x-request-id", "x-oneapi-request-id", "cf-ray"];

    public static string? RequestId(HttpResponseHeaders headers) =>
        _requestIds.Select(name => First(headers, name)).FirstOrDefault(id => id is not null);

    /// <summary>
    /// Whether the gateway wants a retry; null when it does not specify that. It is a header of OpenAI, which gateways may pass on.
    /// </summary>
    public static bool? ShouldRetry(HttpResponseHeaders headers)
    {
        if (bool.TryParse(First(headers, "x-should-retry"), out var shouldRetry))
        {
            return shouldRetry;
        }

        return null;
    }

    /// <summary>
    /// What the call cost in US dollars, as a gateway of the family reports it (documented); null when it does not. It sends 0 too
    /// where it has no price (observed), so that 0 reports nothing.
    /// </summary>
    public static decimal? Cost(HttpResponseHeaders headers)
    {
        var text = First(headers, "x-litellm-response-cost");
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var cost) && cost > 0)
        {
            return cost;
        }

        return null;
    }

    public static string? First(HttpResponseHeaders headers, string name)
    {
        if (headers.TryGetValues(name, out var values))
        {
            return values.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
        }

        return null;
    }
}
