using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Reads server-sent events by the WHATWG grammar, and leniently where gateways leave it: the last event counts without its blank
/// line, JSON without <c>data:</c> is an event (observed, Q4), and so are an error without data and a text that is not a field.
/// Bytes in, bytes out; no string is created.
/// </summary>
internal sealed partial class SseReader : IDisposable
{
    private const int FirstSize = 16 * 1024;
    private const int MostKept = 1024 * 1024;
    private const int MostOfUnknown = 256;

    private readonly Stream _stream;
    private readonly int _maxLineBytes;
    private readonly IReadObserver? _observer;
    private readonly IReadWait? _wait;

    private byte[] _buffer;

    // What is buffered is [_next, _end); [_next, _scanned) is known to hold no line end.
    private int _next;
    private int _scanned;
    private int _end;
    private bool _skipLineFeed;
    private bool _isEnded;

    // Whether the body ended inside the line.
    private bool _isCut;

    // The data of the event being read: one line, held where it was read, or several that had to be joined.
    private int _dataStart = -1;
    private int _dataLength;
    private PooledBuffer? _joined;

    // Whether the event has a field, whether a field is named error, and whether all of the event is words that may be fields.
    private bool _hasField;
    private bool _hasErrorField;
    private bool _isWord;

    // Whether any field was received, and the first of those that the grammar does not know before that.
    private bool _isStream;
    private byte[]? _unknown;

    // The bracket that will close a JSON document of several lines without a field name; 0 when none is open.
    private byte _bareEnd;

    /// <param name="stream">The body of the response.</param>
    /// <param name="maxLineBytes">The longest line and the longest event.</param>
    /// <param name="observer">Observes the reads; null for nothing.</param>
    /// <param name="start">What was already read of it.</param>
    /// <param name="wait">Ends the wait for reads that ignore their token; null to wait for each.</param>
    public SseReader(
        Stream stream,
        int maxLineBytes,
        IReadObserver? observer = null,
        ReadOnlySpan<byte> start = default,
        IReadWait? wait = null)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, start.Length));
        start.CopyTo(_buffer);
        _end = start.Length;
        _stream = stream;
        _maxLineBytes = maxLineBytes;
        _observer = observer;
        _wait = wait;
    }

    /// <summary>The data of the event, its lines joined by line feeds.</summary>
    public ReadOnlySpan<byte> Data =>
        _joined is { } joined ? joined.Written : _dataStart < 0 ? default : _buffer.AsSpan(_dataStart, _dataLength);

    /// <summary>Whether the event is named <c>error</c>; it may have no data then.</summary>
    public bool IsError { get; private set; }

    /// <summary>Whether the event is named as one that only keeps the connection open.</summary>
    public bool IsHeartbeat { get; private set; }

    /// <summary>Moves to the next event that has data or is an error; false at the end.</summary>
    /// <exception cref="CCApiStreamException">A line is longer than allowed.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        BeginEvent();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (TryReadLine(out var start, out var length))
            {
                if (TakeLine(start, length))
                {
                    return true;
                }
            }

            if (_isEnded)
            {
                return EndOfEvent() || EndOfBody();
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _joined?.Dispose();
        _joined = null;

        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _stream.Dispose();
    }

    private void BeginEvent()
    {
        DropData();
        _bareEnd = 0;
        (_hasField, _hasErrorField, _isWord) = (false, false, false);
        (IsError, IsHeartbeat, _isCut) = (false, false, false);
    }

    private void DropData()
    {
        _dataStart = -1;
        _dataLength = 0;
        _joined?.Dispose();
        _joined = null;
    }

    /// <summary>Completes the event; the line that starts here is read again.</summary>
    private bool EndBefore(int start)
    {
        _next = _scanned = start;

        return EndOfEvent();
    }

    private void AddData(int start, ReadOnlySpan<byte> value)
    {
        if (_dataStart < 0 && _joined is null)
        {
            _dataStart = start;
            _dataLength = value.Length;

            return;
        }

        var joined = _joined ?? Join();
        if (joined.Length + 1 + value.Length > _maxLineBytes)
        {
            throw TooLong();
        }

        Append(joined, "\n"u8);
        Append(joined, value);
    }

    /// <summary>Moves the data of the event out of the buffer.</summary>
    private PooledBuffer Join()
    {
        _joined = new PooledBuffer(_dataLength);
        Append(_joined, _buffer.AsSpan(_dataStart, _dataLength));
        _dataStart = -1;

        return _joined;
    }

    private static void Append(PooledBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
    }

    private bool EndOfEvent()
    {
        if (!Data.IsEmpty || IsError)
        {
            return true;
        }

        BeginEvent();

        return false;
    }

    /// <summary>Completes an event of what was ignored in a body that turned out not to be a stream.</summary>
    private bool EndOfBody()
    {
        if (_isStream || _unknown is not { } unknown)
        {
            return false;
        }

        _unknown = null;
        _joined = new PooledBuffer(unknown.Length);
        Append(_joined, unknown);

        return true;
    }
}
