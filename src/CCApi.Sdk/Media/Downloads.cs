using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Downloads what an answer points to: without the key and the caller's headers, following a few redirects by hand.</summary>
internal static class Downloads
{
    private const int MaxRedirects = 5;

    public static async Task<DownloadStream> OpenAsync(CCApiTransport transport, string url, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        var address = Resolve(transport.BaseAddress, url, "The response points");
        for (var redirects = 0; ; redirects++)
        {
            var call = transport.Begin(ApiRequest.From(address), options, cancellationToken);
            HttpResponseMessage? response = null;
            try
            {
                response = await transport.RunAsync(call, static (_, answer) => new ValueTask<HttpResponseMessage>(answer)).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return await DownloadStream.OpenAsync(transport, call, response).ConfigureAwait(false);
                }

                if (redirects == MaxRedirects)
                {
                    throw new CCApiProtocolException($"{call.Request} was redirected more than {MaxRedirects} times.") { StatusCode = response.StatusCode };
                }

                address = Resolve(address, LocationOf(call, response), $"{call.Request} was redirected");
            }
            catch (Exception exception)
            {
                if (response is not null && exception is CCApiException { Attempts.Count: 0 } refusal)
                {
                    refusal.Attempts = call.Info(response).Attempts;
                }

                response?.Dispose();
                call.Dispose();
                throw;
            }

            response.Dispose();
            call.Dispose();
        }

        Uri Resolve(Uri from, string target, string subject)
        {
            var resolved = DownloadUrl.Resolve(from, target) ?? throw new CCApiProtocolException($"{subject} to something that is not a URL.");
            if (!IsSchemeAllowed(transport, resolved))
            {
                throw new CCApiProtocolException($"{subject} to a {resolved.Scheme}: address, and only https is downloaded.");
            }

            var isRejected = transport.Options.AllowDownload?.Invoke(resolved) == false;
            return isRejected ? throw new CCApiDownloadException($"{subject} to an address on {resolved.Host}, which CCApiClientOptions.AllowDownload rejects.") : resolved;
        }
    }

    private static string LocationOf(ApiCall call, HttpResponseMessage response) =>
        response.Headers.Location?.OriginalString
        ?? throw new CCApiProtocolException($"{call.Request} was redirected ({(int)response.StatusCode}) without saying where to.") { StatusCode = response.StatusCode };

    /// <summary>Plain http is for this machine only, unless the caller allowed it and the gateway itself speaks it.</summary>
    private static bool IsSchemeAllowed(CCApiTransport transport, Uri address)
    {
        var gateway = transport.BaseAddress;
        return address.Scheme == "https"
            || (address.Scheme == "http" && ((gateway.IsLoopback && address.IsLoopback) || (gateway.Scheme == "http" && transport.Options.AllowInsecureHttp)));
    }
}
