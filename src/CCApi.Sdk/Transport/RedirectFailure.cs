using System;
using System.Net.Http;

namespace CCApi.Sdk;

/// <summary>Finds out whether an attempt was redirected, by the gateway or by a handler of the caller.</summary>
internal static class RedirectFailure
{
    /// <summary>
    /// The failure of a redirect: the key must not reach another origin, and a redirected POST may have become a GET. Null when
    /// there was none.
    /// </summary>
    /// <remarks>
    /// A handler that follows redirects writes the new address into the message. One that rewrites the address on the same origin
    /// is the caller's business.
    /// </remarks>
    public static CallFailure? Find(ApiCall call, HttpResponseMessage response)
    {
        var sent = call.Address!;
        Uri? target = null;
        if ((int)response.StatusCode is >= 300 and < 400 and not 304)
        {
            target = response.Headers.Location ?? sent;
        }
        else if (response.RequestMessage is { RequestUri: { } responded } message)
        {
            var isOtherRequest = message.Method != call.Request.Method || !RequestUri.IsSameOrigin(responded, sent);
            target = isOtherRequest ? responded : null;
        }

        // A browser hides the response of a redirect that it does not follow.
        var isHidden = (int)response.StatusCode == 0;
        if (target is null)
        {
            if (isHidden)
            {
                return Create(call, response, "an address that the browser does not report");
            }

            return null;
        }

        var host = target.IsAbsoluteUri ? target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : "the same host";

        return Create(call, response, call.Redaction.Apply(host));
    }

    private static CallFailure Create(ApiCall call, HttpResponseMessage response, string target) =>
        CallFailure.Protocol(
            $"{call.Request} was redirected ({(int)response.StatusCode}) to {target}. The key goes nowhere but to BaseAddress: "
            + "set BaseAddress to the address it points to, if you trust it, "
            + "and give an HttpClient of your own a handler with AllowAutoRedirect off.") with
        {
            Status = response.StatusCode,
            Headers = response.Headers,
            MayHaveBeenSent = true,
        };
}
