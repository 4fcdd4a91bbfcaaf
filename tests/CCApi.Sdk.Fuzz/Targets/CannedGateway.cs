using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>A gateway whose every response is the input; all on the caller's thread, so that AFL sees the same path for the same input.</summary>
internal sealed class CannedGateway : HttpMessageHandler
{
    private readonly CCApiClient _client;
    private Func<HttpResponseMessage> _respond = () => new HttpResponseMessage(HttpStatusCode.OK);

    public CannedGateway()
    {
        var options = new CCApiClientOptions { ApiKey = "sk-fuzz-0123456789abcdef" };
        options.Retry.MaxRetries = 0;
        _client = new CCApiClient(new HttpClient(this) { Timeout = Timeout.InfiniteTimeSpan }, options);
    }

    /// <summary>The body of the request that was received last.</summary>
    public byte[] LastBody { get; private set; } = [];

    /// <summary>The client of a gateway that sends this response.</summary>
    public CCApiClient Respond(Func<HttpResponseMessage> respond)
    {
        _respond = respond;
        return _client;
    }

    public CCApiClient Respond(byte[] body, string mediaType, int pieceLength = int.MaxValue) => Respond(() =>
    {
        var content = new StreamContent(new PieceStream(body, pieceLength));
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    });

    public HttpResponseMessage Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        LastBody = request.Content is null ? [] : Sync.Run(() => request.Content.ReadAsByteArrayAsync(cancellationToken));
        var response = _respond();
        response.RequestMessage = request;
        return Task.FromResult(response);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _client.Dispose();
        }

        base.Dispose(disposing);
    }
}
