using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>The body of a call: serialized once into pooled memory, sent with each attempt.</summary>
internal sealed class RequestBody : IDisposable
{
    private static readonly JsonWriterOptions _writerOptions = new()
    {
        // Characters of any script are sent as they are: the body is never put into HTML.
        Encoder = CharacterEncoder.Instance,
        SkipValidation = true,
    };

    private readonly PooledBuffer _buffer = new();
    private int _sending;
    private bool _isDisposed;

    private RequestBody()
    {
    }

    public static RequestBody Write(IJsonModel model) => Write(model, static (writer, model) => model.WriteTo(writer));

    public static RequestBody Write(Action<Utf8JsonWriter> write) => Write(write, static (writer, write) => write(writer));

    private static RequestBody Write<T>(T source, Action<Utf8JsonWriter, T> write)
    {
        var body = new RequestBody();
        try
        {
            using var writer = new Utf8JsonWriter(body._buffer, _writerOptions);
            write(writer, source);

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>How many bytes it has.</summary>
    public int Length => _buffer.Length;

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(_buffer.Written);

    public HttpContent CreateContent() => new Content(this);

    /// <summary>A hash that distinguishes bodies.</summary>
    public string Hash()
    {
#if NETSTANDARD2_0
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(_buffer.Written.ToArray()));
#else
        return Convert.ToBase64String(SHA256.HashData(_buffer.Written));
#endif
    }

    /// <remarks>
    /// A response may be received before the request is completely sent; memory that is still being sent must not go back to the pool.
    /// </remarks>
    public void Dispose()
    {
        lock (_buffer)
        {
            if (!_isDisposed && _sending == 0)
            {
                _buffer.Dispose();
            }

            _isDisposed = true;
        }
    }

    private async Task SendAsync(Stream stream)
    {
        lock (_buffer)
        {
            if (_isDisposed)
            {
                throw new ObjectDisposedException(nameof(RequestBody));
            }

            _sending++;
        }

        try
        {
            await stream.WriteSomeAsync(_buffer.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            lock (_buffer)
            {
                _sending--;
            }
        }
    }

    private sealed class Content : HttpContent
    {
        private readonly RequestBody _body;

        public Content(RequestBody body)
        {
            _body = body;

            // Text, which each message parses for itself when a handler reads it: a shared header object could be changed by a handler.
            Headers.TryAddWithoutValidation("Content-Type", ApiRequest.Json);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _body.SendAsync(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = _body._buffer.Length;
            return true;
        }
    }
}
