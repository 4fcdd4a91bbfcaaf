using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

public class DownloadsTests
{
    private const string Url = "https://media.example.com/a.png?sig=x%2Fy";

    private static readonly byte[] _body = [1, 2, 3];

    [Fact]
    public async Task Open_OfAUrl_SendsNeitherTheKeyNorTheCallersHeaders()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(_body, "image/png"));
        var options = new CCApiRequestOptions { ApiKey = "sk-of-the-call", IdempotencyKey = "once", Headers = { ["X-Call"] = "2" } };

        var bytes = await ReadAsync(handler, Url, client => client.Headers["X-Client"] = "1", options);

        Assert.Equal(_body, bytes);
        Assert.Equal([$"GET {Url}"], handler.Sent);
        Assert.Equal(["User-Agent"], handler.Headers[0].Keys);
        Assert.Null(handler.Bodies[0]);
    }

    [Fact]
    public async Task Open_OfAHostThatRejectsConnections_SaysWhichProxyIsUsed()
    {
        using var handler = new ScriptedHandler(() => throw Faults.ConnectionRefused());

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() =>
            ReadAsync(handler, Url, options: new CCApiRequestOptions { MaxRetries = 0 }));

        Assert.StartsWith("The download from media.example.com got no response from media.example.com:443: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Nothing was sent; check the network. Downloads use HttpClient.DefaultProxy, and no handler of the caller's.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OfAUrlOfTheGatewayItself_SendsNoKeyEither()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(_body, "image/png"));

        await ReadAsync(handler, "https://api.ccapi.ai/files/a.png");

        Assert.DoesNotContain("Authorization", handler.Headers[0].Keys);
    }

    [Fact]
    public async Task Open_OfAHostWithTheKey_DoesNotShowIt()
    {
        using var handler = new ScriptedHandler(() => FakeGateway.Json(404, "{}"));

        var exception = await Assert.ThrowsAsync<CCApiDownloadException>(() =>
            ReadAsync(handler, $"https://{FakeGateway.Key}.example.com/a.png", options: new CCApiRequestOptions { ApiKey = FakeGateway.Key }));

        Assert.StartsWith("The download from ***.example.com failed: 404", exception.Message, StringComparison.Ordinal);
        Assert.Equal("The download from ***.example.com", exception.Attempts[0].Request);
    }

    [Fact]
    public async Task Open_OfARedirectWithTheKey_FollowsIt()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Redirect($"/{FakeGateway.Key}.png", HttpStatusCode.Found), ScriptedHandler.Bytes(_body, "image/png"));

        await ReadAsync(handler, Url, options: new CCApiRequestOptions { ApiKey = FakeGateway.Key });

        Assert.EndsWith($"/{FakeGateway.Key}.png", handler.Sent[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/files/a.png", "https://api.ccapi.ai/files/a.png")]
    [InlineData("files/a.png", "https://api.ccapi.ai/v1/files/a.png")]
    [InlineData("//media.example.com/a.png", "https://media.example.com/a.png")]
    [InlineData("  https://media.example.com/a.png ", "https://media.example.com/a.png")]
    public async Task Open_OfARelativeAddress_StartsAtTheBase(string url, string expected)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(_body, "image/png"));

        await ReadAsync(handler, url);

        Assert.Equal([expected], handler.Sent.Select(sent => new Uri(sent.Substring("GET ".Length)).AbsoluteUri));
    }

    [Theory]
    [InlineData(HttpStatusCode.MultipleChoices)]
    [InlineData(HttpStatusCode.MovedPermanently)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.SeeOther)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    [InlineData((HttpStatusCode)308)]
    public async Task Open_OfARedirect_FollowsIt(HttpStatusCode status)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Redirect("https://cdn.example.com/b.png", status), ScriptedHandler.Bytes(_body, "image/png"));

        var bytes = await ReadAsync(handler, Url);

        Assert.Equal(_body, bytes);
        Assert.Equal([$"GET {Url}", "GET https://cdn.example.com/b.png"], handler.Sent);
    }

    [Theory]
    [InlineData("/b.png", "GET https://media.example.com/b.png")]
    [InlineData("b.png?x=1", "GET https://media.example.com/b.png?x=1")]
    [InlineData("//cdn.example.com/b.png", "GET https://cdn.example.com/b.png")]
    public async Task Open_OfARelativeRedirect_StartsAtTheAddressThatSaidIt(string location, string expected)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Redirect(location), ScriptedHandler.Bytes(_body, "image/png"));

        await ReadAsync(handler, Url);

        Assert.Equal(expected, handler.Sent[1]);
    }

    [Fact]
    public async Task Open_OfFiveRedirects_FollowsThemAll()
    {
        using var handler = new ScriptedHandler([.. Enumerable.Repeat(ScriptedHandler.Redirect("/next"), 5), ScriptedHandler.Bytes(_body, "image/png")]);

        var bytes = await ReadAsync(handler, Url);

        Assert.Equal(_body, bytes);
        Assert.Equal(6, handler.Sent.Count);
    }

    [Fact]
    public async Task Open_OfSixRedirects_GivesUp()
    {
        using var handler = new ScriptedHandler([.. Enumerable.Repeat(ScriptedHandler.Redirect("/next"), 6), ScriptedHandler.Bytes(_body, "image/png")]);

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ReadAsync(handler, Url));

        Assert.Equal("The download from media.example.com was redirected more than 5 times.", exception.Message);
        Assert.Equal(HttpStatusCode.Found, Assert.Single(exception.Attempts).StatusCode);
        Assert.Equal(6, handler.Sent.Count);
    }

    [Fact]
    public async Task Open_OfARedirectToNowhere_SaysSo()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Redirect(location: null));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ReadAsync(handler, Url));

        Assert.Equal("The download from media.example.com was redirected (302) without saying where to.", exception.Message);
        Assert.Equal("The download from media.example.com", Assert.Single(exception.Attempts).Request);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "file")]
    [InlineData("http://media.example.com/a.png", "http")]
    [InlineData("http://127.0.0.1/a.png", "http")]
    [InlineData("ftp://media.example.com/a.png", "ftp")]
    [InlineData("javascript:alert(1)", "javascript")]
    public async Task Open_OfAnotherScheme_IsRejectedBeforeAnythingIsSent(string url, string scheme)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(_body, "image/png"));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ReadAsync(handler, url));

        Assert.Equal($"The response points to a {scheme}: address, and only https is downloaded.", exception.Message);
        Assert.Empty(handler.Sent);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "file")]
    [InlineData("http://media.example.com/a.png", "http")]
    public async Task Open_OfARedirectToAnotherScheme_IsNotFollowed(string location, string scheme)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Redirect(location), ScriptedHandler.Bytes(_body, "image/png"));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ReadAsync(handler, Url));

        Assert.Equal($"The download from media.example.com was redirected to a {scheme}: address, and only https is downloaded.", exception.Message);
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task Open_OfPlainHttpFromAGatewayOnThisMachine_IsAllowed()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(_body, "image/png"));

        var bytes = await ReadAsync(handler, "http://127.0.0.1:5000/a.png", client => client.BaseAddress = new Uri("http://localhost:5000/v1"));

        Assert.Equal(_body, bytes);
    }

    [Theory]
    [InlineData("http://media.example.com/a.png")]
    [InlineData("http://192.0.2.1/a.png")]
    public async Task Open_PlainHttpElsewhereFromAGatewayOnThisMachine_IsRejected(string url)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Redirect(url), ScriptedHandler.Bytes(_body, "image/png"));

        await Assert.ThrowsAsync<CCApiProtocolException>(
            () => ReadAsync(handler, "http://localhost:5001/a.png", client => client.BaseAddress = new Uri("http://localhost:5000/v1")));

        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task Open_FileFromAGatewayOnThisMachine_IsRejected()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(_body, "image/png"));

        await Assert.ThrowsAsync<CCApiProtocolException>(
            () => ReadAsync(handler, "file:///etc/passwd", client => client.BaseAddress = new Uri("http://localhost:5000/v1")));

        Assert.Empty(handler.Sent);
    }

    [Fact]
    public async Task Open_OfPlainHttpFromAGatewayOfPlainHttp_IsAllowed()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(_body, "image/png"));

        var bytes = await ReadAsync(handler, "http://gateway.lan/a.png", client => (client.BaseAddress, client.AllowInsecureHttp) = (new Uri("http://gateway.lan/v1"), true));

        Assert.Equal(_body, bytes);
    }

    [Theory]
    [InlineData(400, "x", "x")]
    [InlineData(401, "not yours", "not yours")]
    [InlineData(402, "x", "x")]
    [InlineData(403, "<Error><Code>AccessDenied</Code></Error>", "AccessDenied")]
    [InlineData(403, """{"error":{"code":"insufficient_quota","message":"x"}}""", "x")]
    [InlineData(404, """{"error":{"code":"model_not_found","message":"x"}}""", "x")]
    [InlineData(410, "gone", "gone")]
    [InlineData(451, "x", "x")]
    public async Task Open_OfALinkThatFails_IsADownloadErrorThatNeverMentionsTheKey(int status, string body, string reason)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Utf8(body), "text/plain", (HttpStatusCode)status));

        var exception = await Assert.ThrowsAsync<CCApiDownloadException>(() => ReadAsync(handler, Url));

        Assert.StartsWith($"The download from media.example.com failed: {status}", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith($": {reason}. Links may expire: save images and audio soon after they were created.", exception.Message, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)status, exception.StatusCode);
        Assert.False(exception.IsTransient);
        Assert.Single(handler.Sent);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    public async Task Open_OfALinkThatFailsForNow_IsRetriedAndThenADownloadError(int status)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes([], null, (HttpStatusCode)status));

        var exception = await Assert.ThrowsAsync<CCApiDownloadException>(() => ReadAsync(handler, Url));

        Assert.True(exception.IsTransient);
        Assert.Equal($"The download from media.example.com failed: {status}. Retry the download later: the link may still be valid.", exception.Message);
        Assert.Equal(3, handler.Sent.Count);
    }

    [Theory]
    [InlineData(500, "failed: 500: oops. Retry the download later: the link may still be valid.")]
    [InlineData(503, "failed: 503: oops. Retry the download later: the link may still be valid.")]
    [InlineData(501, "failed: 501: oops")]
    public async Task Open_OfAHostThatFails_NamesItAndNeitherKeyNorGateway(int status, string expected)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Utf8("oops"), "text/plain", (HttpStatusCode)status));

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => ReadAsync(handler, Url));

        Assert.Equal("The download from media.example.com " + expected, exception.Message);
        Assert.All(handler.Headers, headers => Assert.DoesNotContain("Authorization", headers.Keys));
    }

    [Fact]
    public async Task Open_OfAHostThatIsBusy_SaysWhenToRetry()
    {
        var options = new CCApiRequestOptions { MaxRetries = 0 };
        using var handler = new ScriptedHandler(() => FakeGateway.Content(429, "slow down", "text/plain", "Retry-After: 7"));

        var exception = await Assert.ThrowsAsync<CCApiDownloadException>(() => ReadAsync(handler, Url, options: options));

        Assert.Equal("The download from media.example.com failed: 429: slow down. Retry after 7 s.", exception.Message);
    }

    [Fact]
    public async Task Open_OfAHostThatAbortsTheConnection_DoesNotBlameTheGateway()
    {
        using var handler = new ScriptedHandler(() => throw Faults.Reset());

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() =>
            ReadAsync(handler, Url, options: new CCApiRequestOptions { MaxRetries = 0 }));

        Assert.EndsWith(" The request may have reached the host.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("gateway", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OfALinkThatIsRejected_IsADownloadErrorWhereverItPoints()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Redirect("/b.png", HttpStatusCode.BadRequest));

        await Assert.ThrowsAsync<CCApiDownloadException>(() => ReadAsync(handler, Url));
    }

    [Theory]
    [InlineData(30, null, CCApiTimeoutKind.Download, "Download budget of 30 s before its first byte. Raise CCApiTimeoutOptions.Download")]
    [InlineData(60, null, CCApiTimeoutKind.Total, "Total budget of 40 s before its first byte. Raise CCApiTimeoutOptions.Total")]
    [InlineData(60, 31, CCApiTimeoutKind.Total, "Total budget of 31 s before its first byte. Raise CCApiRequestOptions.Total")]
    public async Task Open_OfSlowRedirects_HasOneBudgetForAllAndNamesIt(int downloadSeconds, int? callSeconds, CCApiTimeoutKind kind, string named)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var options = callSeconds is { } seconds ? new CCApiRequestOptions { Total = TimeSpan.FromSeconds(seconds) } : null;
        using var handler = new ScriptedHandler(token =>
        {
            time.Advance(TimeSpan.FromSeconds(9));
            token.ThrowIfCancellationRequested();
            return Task.FromResult(ScriptedHandler.Redirect("/next")());
        });

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => ReadAsync(handler, Url, client =>
        {
            client.TimeProvider = time;
            client.Timeouts.Download = TimeSpan.FromSeconds(downloadSeconds);
            client.Timeouts.Total = TimeSpan.FromSeconds(40);
        }, options));

        var limit = kind == CCApiTimeoutKind.Download ? downloadSeconds : callSeconds ?? 40;
        Assert.Equal((kind, TimeSpan.FromSeconds(limit)), (exception.Kind, exception.Elapsed));
        Assert.Equal($"The download from media.example.com ran out of the {named} if that is too short.", exception.Message);
        Assert.Equal((limit / 9) + 1, handler.Sent.Count);
    }

    [Fact]
    public async Task Open_OfASignedLink_RequestsItByteForByte()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Redirect("/b%7e.png?sig=%2d%5F"), ScriptedHandler.Bytes(_body, "image/png"));

        await ReadAsync(handler, "https://media.example.com/a%41.png?sig=%41%2d%5f");

        Assert.Equal(["GET https://media.example.com/a%41.png?sig=%41%2d%5f", "GET https://media.example.com/b%7e.png?sig=%2d%5F"], handler.Sent);
    }

    [Fact]
    public async Task Open_OfAnAddressThatTheCallerRejects_SendsNothing()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(_body, "image/png"));

        var exception = await Assert.ThrowsAsync<CCApiDownloadException>(() => ReadAsync(handler, Url, client => client.AllowDownload = address => address.Host != "media.example.com"));

        Assert.Equal("The response points to an address on media.example.com, which CCApiClientOptions.AllowDownload rejects.", exception.Message);
        Assert.Empty(handler.Sent);
    }

    [Fact]
    public async Task Open_OfARedirectThatTheCallerRejects_IsNotFollowed()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Redirect("https://other.example.com/b.png"), ScriptedHandler.Bytes(_body, "image/png"));

        var exception = await Assert.ThrowsAsync<CCApiDownloadException>(() => ReadAsync(handler, Url, client => client.AllowDownload = address => address.Host == "media.example.com"));

        Assert.Equal("The download from media.example.com was redirected to an address on other.example.com, which CCApiClientOptions.AllowDownload rejects.", exception.Message);
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task Open_ThatFailsInPassing_IsTriedAgain()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes([], null, HttpStatusCode.ServiceUnavailable), ScriptedHandler.Bytes(_body, "image/png"));

        var bytes = await ReadAsync(handler, Url);

        Assert.Equal(_body, bytes);
        Assert.Equal(2, handler.Sent.Count);
    }

    private static async Task<byte[]> ReadAsync(ScriptedHandler handler, string url, Action<CCApiClientOptions>? configure = null, CCApiRequestOptions? options = null)
    {
        using var stream = await Downloads.OpenAsync(handler.CreateTransport(configure), url, options, CancellationToken.None);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
