using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

internal sealed partial class CCApiTransport
{
    private async ValueTask<HttpRequestMessage> CreateMessageAsync(ApiCall call, HttpClient client)
    {
        if (call.Request.Download is { } address)
        {
            return CreateDownload(client, address);
        }

        var bearer = call.TakeNextKey() ?? await _authentication.GetAsync(call.Settings.ApiKey, call.Budget.Token).ConfigureAwait(false);
        call.Use(bearer);

        var message = CreateMessage(client, call.Request.Method, AddressOf(call.Request.Path));
        message.Content = CreateContent(call);
        var headers = message.Headers;
        headers.TryAddWithoutValidation("Authorization", bearer.Header);
        headers.TryAddWithoutValidation("Accept", call.Request.Accept);
        headers.TryAddWithoutValidation("User-Agent", _userAgent);
        if (call.IdempotencyKey is not null)
        {
            headers.TryAddWithoutValidation("Idempotency-Key", call.IdempotencyKey);
        }

        AddHeaders(message, Options.Headers);
        AddHeaders(message, call.Settings.Headers);
#if NETSTANDARD2_0
        headers.ExpectContinue = false;
#endif
        return message;
    }

    private Uri AddressOf(string path)
    {
        var last = Volatile.Read(ref _lastAddress);
        if (last?.Item1 != path)
        {
            last = Tuple.Create(path, RequestUri.Join(BaseAddress, path));
            Volatile.Write(ref _lastAddress, last);
        }

        return last.Item2;
    }

    /// <remarks>
    /// The platform's handler repeats a request without content by itself when its connection closes, which a paid call must not
    /// be.
    /// </remarks>
    private static HttpContent? CreateContent(ApiCall call)
    {
        if (call.Body is not null)
        {
            return call.Body.CreateContent();
        }

        if (call.Request.Content is { } content)
        {
            return content.CreateContent();
        }

        return call.Request.IsRead ? null : new ByteArrayContent([]);
    }

    private static HttpRequestMessage CreateMessage(HttpClient client, HttpMethod method, Uri address)
    {
        var message = new HttpRequestMessage(method, address);
#if !NETSTANDARD2_0
        message.Version = client.DefaultRequestVersion;
        message.VersionPolicy = client.DefaultVersionPolicy;
        BrowserStreaming.Enable(message, OperatingSystem.IsBrowser());
#endif
        return message;
    }

    private HttpRequestMessage CreateDownload(HttpClient client, Uri address)
    {
        var message = CreateMessage(client, HttpMethod.Get, address);
        message.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        return message;
    }

    private static void AddHeaders(HttpRequestMessage message, IDictionary<string, string>? headers)
    {
        foreach (var header in headers ?? Enumerable.Empty<KeyValuePair<string, string>>())
        {
            message.Headers.Remove(header.Key);
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    /// <summary>
    /// The failure of a redirect: the key must not reach another origin, and a redirected POST may have become a GET. Null when
    /// there was none.
    /// </summary>
    /// <remarks>
    /// A handler that follows redirects writes the new address into the message. One that rewrites the address on the same origin
    /// is the caller's business.
    /// </remarks>
    private static CallFailure? RedirectFailure(ApiCall call, HttpResponseMessage response)
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
            return isHidden ? RedirectFailure(call, response, "an address that the browser does not report") : null;
        }

        var host = target.IsAbsoluteUri ? target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : "the same host";
        return RedirectFailure(call, response, call.Redaction.Apply(host));
    }

    private static CallFailure RedirectFailure(ApiCall call, HttpResponseMessage response, string target) =>
        CallFailure.Protocol(
            $"{call.Request} was redirected ({(int)response.StatusCode}) to {target}. The key goes nowhere but to BaseAddress: set BaseAddress to the address it points to, if you trust it, and give an HttpClient of your own a handler with AllowAutoRedirect off.") with
        {
            Status = response.StatusCode,
            Headers = response.Headers,
            MayHaveBeenSent = true,
        };
}
