using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Benchmarks;

/// <summary>A body that arrives in reads of at most 16 KiB, as from a connection.</summary>
public sealed class CannedContent : HttpContent
{
    private readonly byte[] _body;
    private readonly bool _hasLength;

    public CannedContent(byte[] body, bool hasLength)
    {
        _body = body;
        _hasLength = hasLength;
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new CannedStream(_body));

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => CreateContentReadStreamAsync();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var start = 0; start < _body.Length; start += CannedStream.MostPerRead)
        {
            await stream.WriteAsync(_body.AsMemory(start, Math.Min(CannedStream.MostPerRead, _body.Length - start))).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return _hasLength;
    }
}
