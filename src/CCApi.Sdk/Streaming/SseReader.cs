using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Reads server-sent events by the WHATWG grammar, and leniently where gateways leave it: the last event counts without its blank
/// line, JSON without <c>data:</c> is an event (observed, Q4), and so is an error without data. Bytes in, bytes out; no string is
/// created.
/// </summary>
internal sealed class SseReader : IDisposable
{
    private const int FirstSize = 16 * 1024;
    private const int MostKept = 1024 * 1024;

    private readonly Stream _stream;
    private readonly int _maxLineBytes;
    private readonly Action _onReading;
    private readonly Action<int> _onRead;
    private readonly IReadWait? _wait;

    private byte[] _buffer;

    // What is buffered is [_next, _end); [_next, _scanned) is known to hold no line end.
    private int _next;
    private int _scanned;
    private int _end;
    private bool _skipLineFeed;
    private bool _isFirstLine = true;
    private bool _isEnded;

    // The data of the event being read: one line, held where it was read, or several that had to be joined.
    private int _dataStart = -1;
    private int _dataLength;
    private PooledBuffer? _joined;

    // The bracket that will close a JSON document of several lines without a field name; 0 when none is open.
    private byte _bareEnd;

    /// <param name="stream">The body of the response.</param>
    /// <param name="maxLineBytes">The longest line and the longest event.</param>
    /// <param name="onReading">Called before every read.</param>
    /// <param name="onRead">Called after every read, with the number of bytes; 0 at the end.</param>
    /// <param name="start">What was already read of it.</param>
    /// <param name="wait">Ends the wait for reads that ignore their token; null to wait for each.</param>
    public SseReader(
        Stream stream,
        int maxLineBytes,
        Action onReading,
        Action<int> onRead,
        ReadOnlySpan<byte> start = default,
        IReadWait? wait = null)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, start.Length));
        start.CopyTo(_buffer);
        _end = start.Length;
        _stream = stream;
        _maxLineBytes = maxLineBytes;
        _onReading = onReading;
        _onRead = onRead;
        _wait = wait;
    }

    /// <summary>The data of the event, its lines joined by line feeds.</summary>
    public ReadOnlySpan<byte> Data =>
        _joined is { } joined ? joined.Written : _dataStart < 0 ? default : _buffer.AsSpan(_dataStart, _dataLength);

    /// <summary>Whether the event is named <c>error</c>; it may have no data then.</summary>
    public bool IsError { get; private set; }

    /// <summary>Whether the event is named as one that only keeps the connection open.</summary>
    public bool IsHeartbeat { get; private set; }

    /// <summary>Whether the body ended inside the last line of the event.</summary>
    public bool IsCut { get; private set; }

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
                return EndOfEvent();
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
        _dataStart = -1;
        _dataLength = 0;
        _joined?.Dispose();
        _joined = null;
        _bareEnd = 0;
        (IsError, IsHeartbeat, IsCut) = (false, false, false);
    }

    /// <summary>Takes a line; true when it completes an event.</summary>
    private bool TakeLine(int start, int length)
    {
        var line = _buffer.AsSpan(start, length);
        if (_isFirstLine)
        {
            _isFirstLine = false;
            if (line.StartsWith("\uFEFF"u8))
            {
                start += 3;
                length -= 3;
                line = line.Slice(3);
            }
        }

        if (line.IsEmpty)
        {
            return EndOfEvent();
        }

        if (_bareEnd != 0 && !IsField(line))
        {
            AddData(start, line);
            return line[0] == _bareEnd && EndOfEvent();
        }

        if (line[0] is (byte)'{' or (byte)'[')
        {
            return TakeBareJson(start, length);
        }

        if (_bareEnd != 0)
        {
            return EndBefore(start);
        }

        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line.Slice(0, colon);
        var valueStart = colon < 0 ? line.Length : colon + 1;
        if (valueStart < line.Length && line[valueStart] == (byte)' ')
        {
            valueStart++;
        }

        var value = line.Slice(valueStart);
        if (name.SequenceEqual("data"u8))
        {
            AddData(start + valueStart, value);
        }
        else if (name.SequenceEqual("event"u8))
        {
            IsError = IsErrorName(value);
            IsHeartbeat = !IsError && Heartbeat.IsLine(value);
        }

        return false;
    }

    /// <summary>
    /// A JSON line without a field name is an event of its own, and so is a document of several lines; an event that is still
    /// open ends before it.
    /// </summary>
    private bool TakeBareJson(int start, int length)
    {
        if (!Data.IsEmpty)
        {
            return EndBefore(start);
        }

        var line = _buffer.AsSpan(start, length);
        AddData(start, line);

        var end = (byte)(line[0] == (byte)'{' ? '}' : ']');
        var last = length - 1;

        while (line[last] is (byte)' ' or (byte)'\t')
        {
            last--;
        }

        if (line[last] == end)
        {
            return EndOfEvent();
        }

        _bareEnd = end;

        return false;
    }

    /// <summary>Completes the event; the line that starts here is read again.</summary>
    private bool EndBefore(int start)
    {
        _next = _scanned = start;
        _skipLineFeed = IsCut = false;

        return EndOfEvent();
    }

    private static bool IsField(ReadOnlySpan<byte> line) =>
        line[0] == (byte)':'
        || line.StartsWith("data:"u8)
        || line.StartsWith("event:"u8)
        || line.StartsWith("id:"u8)
        || line.StartsWith("retry:"u8);

    /// <summary>Whether it is <c>error</c> in any case.</summary>
    private static bool IsErrorName(ReadOnlySpan<byte> name)
    {
        var error = "error"u8;
        if (name.Length != error.Length)
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            if ((name[i] | 0x20) != error[i])
            {
                return false;
            }
        }

        return true;
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

    private bool TryReadLine(out int start, out int length)
    {
        if (_skipLineFeed && _next < _end)
        {
            _skipLineFeed = false;
            if (_buffer[_next] == (byte)'\n')
            {
                _next++;
                _scanned = Math.Max(_scanned, _next);
            }
        }

        start = _next;
        var end = _buffer.AsSpan(_scanned, _end - _scanned).IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
        {
            _scanned = _end;
            length = _end - _next;
            if (length > _maxLineBytes)
            {
                throw TooLong();
            }

            if (!_isEnded || length == 0)
            {
                return false;
            }

            _next = _scanned = _end;
            IsCut = true;

            return true;
        }

        var lineEnd = _scanned + end;
        length = lineEnd - _next;
        if (length > _maxLineBytes)
        {
            throw TooLong();
        }

        _skipLineFeed = _buffer[lineEnd] == (byte)'\r';
        _next = _scanned = lineEnd + 1;

        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        _onReading();

        int read;
        try
        {
            var reading = _stream.ReadSomeAsync(_buffer.AsMemory(_end), cancellationToken);
            read = await (_wait is null ? reading : _wait.WaitAsync(reading)).ConfigureAwait(false);
        }
        catch (TokenIgnoredException)
        {
            // The read may still write into the buffer, which nothing else may use then.
            _buffer = [];
            _next = _scanned = _end = _dataLength = 0;
            _dataStart = -1;
            throw;
        }

        _onRead(read);
        _isEnded = read == 0;
        _end += read;
    }

    /// <summary>Keeps what is still needed: the data of the event being read, and the line that is not complete.</summary>
    private void MakeRoom()
    {
        if (_end == _buffer.Length && _dataStart >= 0 && _next - _dataStart > _buffer.Length / 2)
        {
            // Comments may follow the data for as long as the event is open; they need no memory.
            Join();
        }

        var keep = _dataStart >= 0 ? _dataStart : _next;
        if (keep == _end && _buffer.Length > MostKept)
        {
            Replace(FirstSize, keep);
        }
        else if (_end - keep <= _buffer.Length / 2)
        {
            Move(_buffer, keep);
        }
        else if (_end == _buffer.Length)
        {
            Replace((int)Math.Min(2L * _buffer.Length, 0x7FFFFFC7), keep);
        }
    }

    private void Replace(int size, int keep)
    {
        var old = _buffer;
        Move(ArrayPool<byte>.Shared.Rent(size), keep);
        ArrayPool<byte>.Shared.Return(old);
    }

    private void Move(byte[] target, int keep)
    {
        Buffer.BlockCopy(_buffer, keep, target, 0, _end - keep);
        _buffer = target;
        _next -= keep;
        _scanned -= keep;
        _end -= keep;

        if (_dataStart >= 0)
        {
            _dataStart -= keep;
        }
    }

    private CCApiStreamException TooLong() => new(FormattableString.Invariant(
        $"The stream has a line or an event of more than {_maxLineBytes} bytes. Raise CCApiClientOptions.MaxLineBytes if that is right."));
}
