using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Sound or an image as it arrives, with what it is. Disposing of it closes the connection that it comes from.</summary>
/// <remarks>Not thread-safe, like every stream. Reads obey the idle budget of the call and end when the call is canceled.</remarks>
public sealed class MediaStream : Stream
{
    private readonly Stream _stream;
    private readonly bool _hasHead;
    private ReadOnlyMemory<byte> _head;

    /// <summary>Puts a media type to a stream, as for fakes.</summary>
    /// <param name="stream">The bytes; disposed of with this stream.</param>
    /// <param name="mediaType">What they are, such as <c>audio/mpeg</c>; null when nobody knows.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    public MediaStream(Stream stream, string? mediaType = null)
    {
        _stream = Require.NotNull(stream, nameof(stream));
        MediaType = mediaType;
    }

    /// <param name="head">What was read already, and comes first.</param>
    /// <param name="rest">What comes after it.</param>
    /// <param name="mediaType">What the bytes are.</param>
    internal MediaStream(ReadOnlyMemory<byte> head, Stream rest, string? mediaType)
        : this(rest, mediaType)
    {
        _head = head;
        _hasHead = true;
    }

    /// <summary>
    /// What the bytes are, such as <c>audio/mpeg</c>: detected by the first of them, else taken from their label; null when
    /// neither shows it.
    /// </summary>
    public string? MediaType { get; }

    /// <summary>How many bytes there are in all; null when the server did not say.</summary>
    public long? ContentLength { get; set; }

    /// <summary>How the response came that this is from: status, request id, headers, attempts; null for a download of its own.</summary>
    public CCApiResponseInfo? Info { get; set; }

    /// <inheritdoc/>
    public override bool CanRead => _stream.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => !_hasHead && _stream.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>The length in bytes: that of the stream, else <see cref="ContentLength"/>.</summary>
    /// <exception cref="NotSupportedException">The length is not known.</exception>
    public override long Length
    {
        get
        {
            if (CanSeek)
            {
                return _stream.Length;
            }

            return ContentLength
                ?? throw new NotSupportedException("The server did not report the length: read to the end.");
        }
    }

    /// <inheritdoc/>
    public override long Position
    {
        get => CanSeek ? _stream.Position : throw new NotSupportedException();
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_head.IsEmpty)
        {
            return _stream.Read(buffer, offset, count);
        }

        return TakeHead(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_head.IsEmpty)
        {
            return _stream.ReadAsync(buffer, offset, count, cancellationToken);
        }

        return Task.FromResult(TakeHead(buffer.AsSpan(offset, count)));
    }

#if !NETSTANDARD2_0
    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _head.IsEmpty ? _stream.ReadAsync(buffer, cancellationToken) : new ValueTask<int>(TakeHead(buffer.Span));
#endif

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        if (CanSeek)
        {
            return _stream.Seek(offset, origin);
        }

        throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>
    /// The stream itself when its type is known, as it is unless a fake left it out; else with the type that its first bytes
    /// show.
    /// </summary>
    internal static ValueTask<MediaStream> WithTypeAsync(
        MediaStream stream, string? label, CancellationToken cancellationToken)
    {
        if (stream.MediaType is null)
        {
            return OpenAsync(stream, label, cancellationToken);
        }

        return new ValueTask<MediaStream>(stream);
    }

    /// <summary>Whether its first bytes are those of a document of HTML, XML or JSON.</summary>
    internal bool StartsAsPage { get; private init; }

    /// <summary>Reads enough of a stream to detect what it is. The stream is disposed of when that fails.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="label">What the response says that they are.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="CCApiProtocolException">There is nothing in it.</exception>
    internal static async ValueTask<MediaStream> OpenAsync(
        Stream stream, string? label, CancellationToken cancellationToken)
    {
        var head = new byte[CCApi.Sdk.MediaType.SniffLength];
        var filled = 0;
        var isOpen = false;

        try
        {
            for (var read = -1; read != 0 && filled < head.Length; filled += read)
            {
                read = await stream.ReadSomeAsync(head.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            }

            if (filled == 0)
            {
                throw new CCApiProtocolException("The image or sound is empty: no byte was received.");
            }

            isOpen = true;
            var mediaType = CCApi.Sdk.MediaType.Of(head.AsSpan(0, filled), label);

            return new MediaStream(head.AsMemory(0, filled), stream, mediaType)
            {
                ContentLength = (stream as DownloadStream)?.ContentLength,
                StartsAsPage = TextPage.Starts(head.AsSpan(0, filled), mediaType),
            };
        }
        finally
        {
            if (!isOpen)
            {
                Close(stream);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void Close(Stream stream) => stream.Dispose();

    private int TakeHead(Span<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, _head.Length);
        _head.Span.Slice(0, taken).CopyTo(buffer);
        _head = _head.Slice(taken);

        return taken;
    }
}
