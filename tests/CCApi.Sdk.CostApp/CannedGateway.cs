using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.CostApp;

/// <summary>Responds to one request with the body of a reader, and to every other one with a short completion, which ends a tools run.</summary>
internal sealed class CannedGateway(Reader reader, long size, Action<double> onRead) : HttpMessageHandler
{
    private int _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_requests++ != reader.OtherKeys)
        {
            const string End = """{"choices":[{"message":{"content":"Done."},"finish_reason":"stop"}]}""";
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(End, Encoding.UTF8, "application/json") });
        }

        var content = new StreamContent(new RepeatedStream(reader.Start, reader.Item, reader.End, size, onRead));
        content.Headers.ContentType = new MediaTypeHeaderValue(reader.MediaType);
        content.Headers.ContentLength = null;
        return Task.FromResult(new HttpResponseMessage((HttpStatusCode)reader.Status) { Content = content });
    }
}
