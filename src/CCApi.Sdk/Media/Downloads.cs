using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Downloads what an answer points to: without the key and the caller's headers, following a few redirects by hand.</summary>
internal static class Downloads
{
    private const int MaxRedirects = 5;

    public static async Task<Stream> OpenAsync(CCApiTransport transport, string url, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        var address = Resolve(transport.BaseAddress, url);
        for (var redirects = 0; ; redirects++)
        {
            var call = new ApiCall(ApiRequest.From(address), transport.Options, options, cancellationToken);
            HttpResponseMessage? response = null;
            try
            {
                response = await transport.RunAsync(call, static answer => new ValueTask<HttpResponseMessage>(answer)).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return await DownloadStream.OpenAsync(transport, call, response).ConfigureAwait(false);
                }

                if (redirects == MaxRedirects)
                {
                    throw new CCApiProtocolException($"{call.Request} was redirected more than {MaxRedirects} times.") { StatusCode = response.StatusCode };
                }

                address = Resolve(address, LocationOf(call, response));
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

        Uri Resolve(Uri from, string target)
        {
            if (!Uri.TryCreate(from, target, out var resolved))
            {
                throw new CCApiProtocolException("The answer points to something that is no URL.");
            }

            Check(transport.BaseAddress, resolved);
            return resolved;
        }
    }

    private static string LocationOf(ApiCall call, HttpResponseMessage response) =>
        response.Headers.Location?.OriginalString
        ?? throw new CCApiProtocolException($"{call.Request} was redirected ({(int)response.StatusCode}) without saying where to.") { StatusCode = response.StatusCode };

    /// <summary>Plain http is for a gateway on this machine only.</summary>
    private static void Check(Uri baseAddress, Uri address)
    {
        if (address.Scheme == "https" || (address.Scheme == "http" && (baseAddress.IsLoopback || baseAddress.Scheme == "http")))
        {
            return;
        }

        throw new CCApiProtocolException($"The answer points to a {address.Scheme}: address, and only https is downloaded.");
    }
}
