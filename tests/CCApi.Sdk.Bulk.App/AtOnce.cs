using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk.App;

/// <summary>A gateway without a socket that responds at once: what is measured is the run.</summary>
internal sealed class AtOnce : HttpMessageHandler
{
    private static readonly byte[] _body = Encoding.UTF8.GetBytes(
        """{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"cost":0.000012}}""");

    public static CCApiClient Client()
    {
        var http = new HttpClient(new AtOnce()) { Timeout = Timeout.InfiniteTimeSpan };
        return new CCApiClient(http, new CCApiClientOptions { ApiKey = "sk-test-0123456789", BaseAddress = new System.Uri("http://127.0.0.1/v1/") });
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(_body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
    }
}
