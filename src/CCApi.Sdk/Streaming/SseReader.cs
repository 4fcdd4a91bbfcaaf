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

    /// <summary>Takes a line; true when it completes an event.</summary>
    private bool TakeLine(int start, int length)
    {
        var markLength = SseLine.MarkLength(_buffer.AsSpan(start, length));
        if (markLength > 0)
        {
            (start, length) = (start + markLength, length - markLength);
        }

        var line = _buffer.AsSpan(start, length);
        if (line.IsEmpty)
        {
            return EndOfEvent();
        }

        var kind = SseLine.Classify(line, out var valueStart);
        if (_bareEnd != 0)
        {
            return TakeRestOfJson(kind, start, line);
        }

        var value = line.Slice(valueStart);
        switch (kind)
        {
            case SseLineKind.Comment:
                return false;
            case SseLineKind.Data:
                if (BeginsDocument(value))
                {
                    return EndBefore(start);
                }

                BeginFields();
                AddData(start + valueStart, value);
                return false;
            case SseLineKind.Event:
                TakeEventName(value);
                return false;
            case SseLineKind.Field:
                BeginFields();
                return false;
            case SseLineKind.Error:
                TakeError(start + valueStart, value);
                return false;
            case SseLineKind.Json:
                return TakeBareJson(start + valueStart, length - valueStart);
            case SseLineKind.Word:
                TakeWord(start, line);
                return false;
            case SseLineKind.Unknown:
                TakeUnknown(line);
                return false;
            case SseLineKind.Text:
            default:
                return TakeText(start, line);
        }
    }

    /// <summary>
    /// Whether the data of the event is complete and the line begins another document, as between events without a blank line: no
    /// JSON has a closing brace before an opening bracket. What follows an end mark stays with it.
    /// </summary>
    private bool BeginsDocument(ReadOnlySpan<byte> value)
    {
        var data = Data;
        if (data.IsEmpty || value.IsEmpty)
        {
            return false;
        }

        var isComplete = data[0] == (byte)'{' && data[data.Length - 1] == (byte)'}';
        return isComplete && value[0] is (byte)'{' or (byte)'[';
    }

    /// <summary>Begins the fields of the event: a word before them was a field without a value.</summary>
    private void BeginFields()
    {
        if (_isWord)
        {
            _isWord = false;
            DropData();
        }

        _hasField = _isStream = true;
    }

    private void TakeEventName(ReadOnlySpan<byte> name)
    {
        BeginFields();
        IsError = _hasErrorField || AsciiText.EqualsIgnoreCase(name, "error"u8);
        IsHeartbeat = !IsError && Heartbeat.IsLine(name);
    }

    /// <summary>A field named <c>error</c> is data, and makes the event an error whatever its name is.</summary>
    private void TakeError(int start, ReadOnlySpan<byte> value)
    {
        BeginFields();
        (_hasErrorField, IsError, IsHeartbeat) = (true, true, false);
        AddData(start, value);
    }

    /// <summary>A word among fields is a field without a value; one that is alone between blank lines is a text.</summary>
    private void TakeWord(int start, ReadOnlySpan<byte> line)
    {
        var mayBeField = _isCut && SseLine.MayBeCut(line);
        if (_hasField || mayBeField)
        {
            return;
        }

        _isWord = true;
        AddData(start, line);
    }

    /// <summary>A body of nothing but such fields is a text, such as <c>Warning: ...</c>.</summary>
    private void TakeUnknown(ReadOnlySpan<byte> line)
    {
        if (!_isStream)
        {
            _unknown ??= line.Slice(0, Math.Min(line.Length, MostOfUnknown)).ToArray();
        }
    }

    /// <summary>A text is an event of its own; of a page, all that was received belongs to it.</summary>
    private bool TakeText(int start, ReadOnlySpan<byte> line)
    {
        if (!Data.IsEmpty || IsError)
        {
            return EndBefore(start);
        }

        var mayBeField = _isCut && SseLine.MayBeCut(line);
        if (mayBeField)
        {
            return false;
        }

        var isPage = line[0] == (byte)'<' && !Heartbeat.IsLine(line);
        AddData(start, isPage ? _buffer.AsSpan(start, _end - start) : line);

        return EndOfEvent();
    }

    private bool TakeRestOfJson(SseLineKind kind, int start, ReadOnlySpan<byte> line)
    {
        var isField = kind is SseLineKind.Comment or SseLineKind.Data or SseLineKind.Event or SseLineKind.Field;
        if (isField)
        {
            return EndBefore(start);
        }

        AddData(start, line);

        return line[0] == _bareEnd && EndOfEvent();
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
