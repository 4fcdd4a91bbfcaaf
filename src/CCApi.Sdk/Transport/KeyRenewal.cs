using System;
using System.Net.Http;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Calls the key provider once more after a 401. Whether the request is repeated with the key that it returns is decided by
/// <see cref="RetryPolicy"/>.
/// </summary>
/// <param name="authentication">The keys.</param>
internal sealed class KeyRenewal(Authentication authentication)
{
    /// <summary>Whether another key may help: once per call, from a provider, for a request that can be sent again.</summary>
    public bool IsPossible(ApiCall call) =>
        call.CanRenewKey
        && call.Request.CanBeSent
        && authentication.CanRenew(call.Settings.ApiKey);

    /// <summary>
    /// Retrieves a key for the next attempt. Returns the failure of the attempt: the rejection, or why there is no other key.
    /// </summary>
    /// <remarks>The rejected attempt is booked at once: however the renewal ends, it was not charged.</remarks>
    public async ValueTask<CallFailure> RenewAsync(ApiCall call, HttpResponseMessage response, CallFailure rejection)
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
