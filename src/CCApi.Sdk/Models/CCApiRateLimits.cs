using System.Globalization;
using System.Net.Http.Headers;

namespace CCApi.Sdk;

/// <summary>The limits that the gateway reports in <c>x-ratelimit-*</c> headers. Each part is null when it was not sent.</summary>
public sealed class CCApiRateLimits
{
    /// <summary>How many requests are allowed in the period.</summary>
    public long? RequestLimit { get; set; }

    /// <summary>How many requests are left in the period.</summary>
    public long? RequestsRemaining { get; set; }

    /// <summary>When the requests start anew, as it was sent: gateways write a duration (<c>6m0s</c>), seconds, or a date.</summary>
    public string? RequestsReset { get; set; }

    /// <summary>How many tokens are allowed in the period.</summary>
    public long? TokenLimit { get; set; }

    /// <summary>How many tokens are left in the period.</summary>
    public long? TokensRemaining { get; set; }

    /// <summary>When the tokens start anew, as it was sent.</summary>
    public string? TokensReset { get; set; }

    internal static CCApiRateLimits? From(HttpResponseHeaders headers)
    {
        var limits = new CCApiRateLimits
        {
            RequestLimit = Number(headers, "x-ratelimit-limit-requests") ?? Number(headers, "x-ratelimit-limit"),
            RequestsRemaining = Number(headers, "x-ratelimit-remaining-requests") ?? Number(headers, "x-ratelimit-remaining"),
            RequestsReset = ResponseHeaders.First(headers, "x-ratelimit-reset-requests")
                ?? ResponseHeaders.First(headers, "x-ratelimit-reset"),
            TokenLimit = Number(headers, "x-ratelimit-limit-tokens"),
            TokensRemaining = Number(headers, "x-ratelimit-remaining-tokens"),
            TokensReset = ResponseHeaders.First(headers, "x-ratelimit-reset-tokens"),
        };

        var hasRequests = limits is not { RequestLimit: null, RequestsRemaining: null, RequestsReset: null };
        var hasTokens = limits is not { TokenLimit: null, TokensRemaining: null, TokensReset: null };
        if (!hasRequests && !hasTokens)
        {
            return null;
        }

        return limits;
    }

    private static long? Number(HttpResponseHeaders headers, string name)
    {
        if (long.TryParse(ResponseHeaders.First(headers, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return null;
    }
}
