using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Extensions.AI.Tests.Support;

/// <summary>Responds with links, and to a download with what its path says: a file, an expired link, or a hanging one.</summary>
internal sealed class LinkingGateway : HttpMessageHandler
{
    private static readonly byte[] _png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private readonly string _response;

    public LinkingGateway(string response)
    {
        _response = response;
        var http = new HttpClient(this, disposeHandler: false);
        var options = new CCApiClientOptions { ApiKey = "key", BaseAddress = new Uri("https://gateway.test/v1/") };
        Client = new CCApiClient(new CCApiTransport(options.CheckedCopy(), () => http, downloadClient: () => http));
    }

    public CCApiClient Client { get; }

    public List<string> Downloads { get; } = [];

    /// <summary>Is canceled when a hanging download begins.</summary>
    public CancellationTokenSource Hanging { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post)
        {
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(_response, Encoding.UTF8, "application/json") };
        }

        var path = request.RequestUri!.AbsolutePath;
        Downloads.Add(path);
        if (path == "/hangs")
        {
            await Hanging.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return path == "/expired"
            ? new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("gone") }
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(_png) { Headers = { { "Content-Type", "image/png" } } } };
    }
}
