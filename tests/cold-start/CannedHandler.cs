using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace ColdStart;

/// <summary>Responds to a chat call without a network.</summary>
internal sealed class CannedHandler : HttpMessageHandler
{
    private static readonly byte[] _response =
        """{"id":"chatcmpl-1","object":"chat.completion","created":1763650000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}"""u8.ToArray();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(System.IO.Stream.Null, cancellationToken).ConfigureAwait(false);
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(_response) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            RequestMessage = request,
        };
    }
}
