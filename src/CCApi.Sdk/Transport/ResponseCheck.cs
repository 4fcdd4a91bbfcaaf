using System.Net;
using System.Net.Http;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Decides whether a response is a success, whose body is read, or a failure. When its status rejects the key, it may be renewed.
/// </summary>
/// <param name="authentication">The keys.</param>
internal sealed class ResponseCheck(Authentication authentication)
{
    private readonly KeyRenewal _renewal = new(authentication);

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
        if (isRejectedKey && _renewal.IsPossible(call))
        {
            return await _renewal.RenewAsync(call, response, failure).ConfigureAwait(false);
        }

        return failure;
    }
}
