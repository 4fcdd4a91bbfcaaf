using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Downloads what a response points to: without the key and the caller's headers, following a few redirects itself, all within
/// one budget.
/// </summary>
internal static class Downloads
{
    private const int MaxRedirects = 5;

    public static async Task<DownloadStream> OpenAsync(
        CCApiTransport transport,
        string url,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        var redaction = transport.RedactionOf(options);
        var address = Resolve(transport.BaseAddress, url, "The response points");
        var budget = new DownloadBudget(transport.Options.Timeouts.Download);
        var total = new DownloadBudget(options?.Total ?? transport.Options.Timeouts.Total);

        for (var redirects = 0; ; redirects++)
        {
            var isTotalNearer = total.Left <= budget.Left;
            var left = isTotalNearer ? total.Left : budget.Left;
            var call = transport.Begin(ApiRequest.From(address), options, cancellationToken, left);
            HttpResponseMessage? response = null;

            try
            {
                response = await transport.Loop.RunAsync(
                    call,
                    static (_, received) => new ValueTask<HttpResponseMessage>(received)).ConfigureAwait(false);
                budget.Spend(call.Clock.Elapsed);
                total.Spend(call.Clock.Elapsed);

                if (response.IsSuccessStatusCode)
                {
                    var download = await DownloadStream.OpenAsync(transport, call, response, budget).ConfigureAwait(false);
                    call.Clock.EndTotal();

                    return download;
                }

                if (redirects == MaxRedirects)
                {
                    throw RedirectError(response, $"{call.Request} was redirected more than {MaxRedirects} times.");
                }

                address = Resolve(address, LocationOf(call, response), $"{call.Request} was redirected");
            }
            catch (Exception exception)
            {
                if (response is not null && exception is CCApiException { Attempts.Count: 0 } rejection)
                {
                    rejection.Attempts = call.Info(response).Attempts;
                }

                response?.Dispose();
                call.Dispose();

                // What is left of a budget is none that the caller could raise.
                var isOfWhole = isTotalNearer && redirects == 0;
                if (isOfWhole || exception is not CCApiTimeoutException { Kind: CCApiTimeoutKind.Total } timeout)
                {
                    throw;
                }

                var (kind, whole) = isTotalNearer ? (CCApiTimeoutKind.Total, total.Whole) : (CCApiTimeoutKind.Download, budget.Whole);

                throw OutOfTime(call, kind, whole, timeout);
            }

            response.Dispose();
            call.Dispose();
        }

        Uri Resolve(Uri from, string target, string subject)
        {
            var resolved = DownloadUrl.Resolve(from, target) ?? throw new CCApiProtocolException(
                $"{subject} to something that is not a URL.");
            if (!IsSchemeAllowed(transport, resolved))
            {
                throw new CCApiProtocolException(
                    $"{subject} to a {redaction.Apply(resolved.Scheme)}: address, and only https is downloaded.");
            }

            if (transport.Options.AllowDownload?.Invoke(resolved) == false)
            {
                throw new CCApiDownloadException(
                    $"{subject} to an address on {redaction.Apply(resolved.Host)}, "
                    + "which CCApiClientOptions.AllowDownload rejects.");
            }

            return resolved;
        }
    }

    private static CCApiProtocolException RedirectError(HttpResponseMessage response, string message) =>
        new(message) { StatusCode = response.StatusCode };

    /// <summary>The total of the last request was what was left of a budget.</summary>
    private static CCApiTimeoutException OutOfTime(
        ApiCall call, CCApiTimeoutKind kind, TimeSpan whole, CCApiTimeoutException timeout) =>
        new(
            FormattableString.Invariant($"{call.Request} ran out of the {kind} budget of {whole.TotalSeconds:0.###} s ")
            + $"before its first byte. Raise {FailureMessage.OwnerOf(call, kind)}.{kind} if that is too short.",
            timeout)
        {
            Kind = kind,
            Elapsed = whole,
            Attempts = timeout.Attempts,
            IsTransient = true,
        };

    private static string LocationOf(ApiCall call, HttpResponseMessage response) =>
        response.Headers.Location?.OriginalString
        ?? throw RedirectError(
            response, $"{call.Request} was redirected ({(int)response.StatusCode}) without saying where to.");

    /// <summary>Plain http is for this machine only, unless the caller allowed it and the gateway itself speaks it.</summary>
    private static bool IsSchemeAllowed(CCApiTransport transport, Uri address)
    {
        if (address.Scheme != "http")
        {
            return address.Scheme == "https";
        }

        // Plain http only where the gateway itself is on this machine, or is called in plain http.
        var gateway = transport.BaseAddress;
        var isOnThisMachine = gateway.IsLoopback && address.IsLoopback;
        var isInsecureAllowed = gateway.Scheme == "http" && transport.Options.AllowInsecureHttp;

        return isOnThisMachine || isInsecureAllowed;
    }
}
