using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A gateway without a socket, where a call may have to wait whenever it sends, waits for headers, opens a body or reads from it.</summary>
internal sealed class WaitingGateway(OneWait wait) : HttpMessageHandler
{
    private readonly Queue<HttpResponseMessage> _responses = new();

    public WaitingGateway Respond(int status, string body, string mediaType = "application/json")
    {
        var content = new WaitingContent(wait, Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        _responses.Enqueue(new HttpResponseMessage((HttpStatusCode)status) { Content = content });
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            await request.Content.CopyToAsync(new WaitingStream(wait, [])).ConfigureAwait(false);
        }

        await wait.PassAsync().ConfigureAwait(false);
        var response = _responses.Dequeue();
        response.RequestMessage = request;
        return response;
    }

    private sealed class WaitingContent(OneWait wait, byte[] bytes) : HttpContent
    {
        protected override async Task<Stream> CreateContentReadStreamAsync()
        {
            await wait.PassAsync().ConfigureAwait(false);
            return new WaitingStream(wait, bytes);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes, 0, bytes.Length);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class WaitingStream(OneWait wait, byte[] bytes) : MemoryStream(bytes)
    {
        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            await wait.PassAsync().ConfigureAwait(false);
            return Read(buffer, offset, count);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => wait.PassAsync();

#if !NETFRAMEWORK
        public override async ValueTask<int> ReadAsync(System.Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await wait.PassAsync().ConfigureAwait(false);
            return Read(buffer.Span);
        }

        public override ValueTask WriteAsync(System.ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(wait.PassAsync());

        public override async ValueTask DisposeAsync()
        {
            await wait.PassAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }
#endif
    }
}
