using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Benchmarks;

/// <summary>Responds to every request with the same bytes, so that only the client's cost is measured. It reads the request as a socket would.</summary>
public sealed class CannedHandler : HttpMessageHandler
{
    private readonly byte[] _body;
    private readonly MediaTypeHeaderValue _mediaType;
    private readonly bool _hasLength;

    public CannedHandler(byte[] body, string mediaType, bool hasLength)
    {
        _body = body;
        _mediaType = new MediaTypeHeaderValue(mediaType);
        _hasLength = hasLength;
    }

    public static CannedHandler Json(byte[] body) => new(body, "application/json", hasLength: true);

    public static CannedHandler Events(byte[] body) => new(body, "text/event-stream", hasLength: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            await request.Content.CopyToAsync(System.IO.Stream.Null, cancellationToken).ConfigureAwait(false);
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new CannedContent(_body, _hasLength) { Headers = { ContentType = _mediaType } }, RequestMessage = request };
    }
}
