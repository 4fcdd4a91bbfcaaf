using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Decides whether a response is a success, whose body is read, or a failure. When its status rejects a key that a provider
/// returned, the provider is called again.
/// </summary>
/// <param name="authentication">The keys.</param>
internal sealed class ResponseCheck(Authentication authentication)
{
    /// <summary>The failure that a response reports before its body is read as a success; null when it is one.</summary>
    public ValueTask<CallFailure?> FailureOfAsync(ApiCall call, HttpResponseMessage response)
    {
        var isDownload = call.Request.Download is not null;
        if (!isDownload && RedirectFailure.Find(call, response) is { } redirect)
        {
            return new ValueTask<CallFailure?>(redirect);
        }

        // The next request of a download needs the target as it is; nobody else sees these headers.
        var isDownloadRedirect = isDownload && (int)response.StatusCode is >= 300 and < 400;
        if (!isDownloadRedirect)
        {
            call.Redaction.Apply(response.Headers);
        }

        if (response.IsSuccessStatusCode || isDownloadRedirect)
        {
            return default;
        }

        return FailureOfStatusAsync(call, response);
    }

    private async ValueTask<CallFailure?> FailureOfStatusAsync(ApiCall call, HttpResponseMessage response)
    {
        using var body = await ResponseBody.ReadStartAsync(call, response).ConfigureAwait(false);
        var failure = FailureClassifier.FromStatus(call, response, body.Written);
        var isRejectedKey = response.StatusCode == HttpStatusCode.Unauthorized && call.Request.Download is null;
        if (isRejectedKey && CanRenewKey(call))
        {
            return await RenewKeyAsync(call, response, failure).ConfigureAwait(false);
        }

        return failure;
    }

    private bool CanRenewKey(ApiCall call) =>
        call.CanRenewKey
        && call.Request.CanBeSent
        && authentication.CanRenew(call.Settings.ApiKey);

    /// <summary>
    /// Calls the key provider once more, because its key was rejected; returns the failure of the call if there is no other key.
    /// </summary>
    /// <remarks>The rejected attempt is booked at once: however the renewal ends, it was not charged.</remarks>
    private async ValueTask<CallFailure> RenewKeyAsync(ApiCall call, HttpResponseMessage response, CallFailure rejection)
    {
        await call.Costs.BookAsync(rejection, isSent: true).ConfigureAwait(false);
        call.BeginRenewal();
        try
        {
            call.EndRenewal(await authentication.GetAsync(call).ConfigureAwait(false));
            return rejection;
        }
        catch (OperationCanceledException exception) when (!call.Clock.IsStopped)
        {
            return TimeoutOf(call, response, exception);
        }
        catch (CallFailureException failed)
        {
            return failed.Failure with { Status = rejection.Status, Headers = rejection.Headers };
        }
    }

    /// <summary>The time-out of the provider when it is called again. The request was rejected, so nothing was charged.</summary>
    private static CallFailure TimeoutOf(ApiCall call, HttpResponseMessage response, OperationCanceledException exception)
    {
        var failure = ExceptionClassifier.FailureOf(call, client: null, response, exception)!;

        return failure with
        {
            MayBeCharged = false,
            Detail = "the key was rejected, and ApiKeyProvider had not returned another one",
        };
    }
}
